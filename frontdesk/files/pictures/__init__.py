"""Pictures of strangers: decoded in a bounded child process and made anew from their pixels alone."""
