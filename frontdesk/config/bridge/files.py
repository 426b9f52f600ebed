"""Sends files in blocks without holding a thread between them."""

BLOCK = 256 * 1024


class FileBlocks:
    """A WSGI file wrapper; the bridge reads it block by block."""

    def __init__(self, file, _block_size: int = BLOCK):
        self.file = file

    def read(self) -> bytes:
        """The next block; empty at the end."""
        return self.file.read(BLOCK)

    def __iter__(self):
        return iter(self.read, b"")

    def close(self) -> None:
        """Close the file and the response it belongs to."""
        if hasattr(self.file, "close"):
            self.file.close()
