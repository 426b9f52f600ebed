"""The floor: the least that an ASGI server and a database driver need for the same rows."""
