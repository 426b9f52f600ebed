"""Several files as one archive, made while it is sent."""

import io
import zipfile
from collections.abc import Iterator
from typing import IO, cast

from django.http import FileResponse
from django.utils.http import content_disposition_header

from . import access, blobs
from .models import StoredFile
from .names import unique_names


class _Sink(io.RawIOBase):
    """Takes what the archive writes, to be given away again; it cannot go back."""

    def __init__(self):
        super().__init__()
        self.parts: list[bytes] = []
        self.place = 0

    def writable(self) -> bool:
        return True

    def write(self, data) -> int:
        self.parts.append(bytes(data))
        self.place += len(data)
        return len(data)

    def tell(self) -> int:
        return self.place

    def seekable(self) -> bool:
        return False

    def emptied(self) -> bytes:
        parts, self.parts = self.parts, []
        return b"".join(parts)


def _archived(files: list[StoredFile]) -> Iterator[bytes]:
    sink = _Sink()
    with zipfile.ZipFile(cast(IO[bytes], sink), "w", zipfile.ZIP_STORED) as archive:
        for file, name in zip(files, unique_names([file.name for file in files]), strict=True):
            entry = zipfile.ZipInfo(name, file.created_at.timetuple()[:6])
            entry.file_size = file.size
            with archive.open(entry, "w") as target:
                for block in blobs.blocks(file.blob, file.size):
                    target.write(block)
                    yield sink.emptied()
    yield sink.emptied()


class _Pieces:
    """An iterator as a file that is read block by block, so that no thread waits for a slow reader."""

    def __init__(self, pieces: Iterator[bytes]):
        self.pieces = pieces

    def read(self, _size: int = -1) -> bytes:
        """The next piece; empty at the end."""
        return next((piece for piece in self.pieces if piece), b"")

    def close(self) -> None:
        """End early."""
        self.pieces.close()


def archive(files: list[StoredFile], name: str = "files.zip") -> FileResponse:
    """The files that `access.get_files` gave, as one download; raises Conflict when one is not ready."""
    for file in files:
        access.require_ready(file)
    response = FileResponse(_Pieces(_archived(files)), content_type="application/zip")
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
