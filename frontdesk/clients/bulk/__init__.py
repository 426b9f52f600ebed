"""One verb for many clients at once: at once for few, in the background for many, and always to be undone."""
