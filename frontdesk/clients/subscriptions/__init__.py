"""Which messages a client gets, by channel and purpose."""
