"""Reads for pages and API: one statement, whatever the number of files."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from frontdesk.core import paging
from frontdesk.core.tenancy.prepared import Prepared

from . import blobs
from .models import State, StoredFile
from .names import unique_names

_NAMES = (
    "id", "name", "size", "kind", "content_type", "state", "width", "height", "seconds", "has_preview", "created_at",
    "uploader_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file as it is shown: `kind` is image, video, audio, pdf or other, `state` checking, ready or refused."""

    id: UUID
    name: str
    size: int
    kind: str
    content_type: str
    state: str
    width: int | None
    height: int | None
    seconds: int | None
    has_preview: bool
    created_at: datetime
    uploader_id: UUID | None

    @property
    def is_ready(self) -> bool:
        """Whether it may be fetched."""
        return self.state == State.READY


def row_of(file: StoredFile) -> FileRow:
    """A stored file as it is shown."""
    return FileRow(file.pk, *(getattr(file, name) for name in _NAMES[1:]))


AT = Prepared(
    lambda place, ids: (
        StoredFile.objects.filter(place=place, place_id__in=ids)
        .order_by("position", "id")
        .values_list("place_id", *_NAMES)
    )
)


def files_at(place: str, ids: Iterable[UUID]) -> dict[UUID, list[FileRow]]:
    """The files of things that the caller has let the reader see, by thing, in the order they were attached."""
    found: dict[UUID, list[FileRow]] = defaultdict(list)
    wanted = list(ids)
    if wanted:
        for place_id, *values in AT(place, wanted):
            found[place_id].append(FileRow(*values))
    return dict(found)


def page_at(place: str, place_id: UUID, after: str = "", limit: int = paging.LIMIT) -> paging.Page:
    """A page of the files of one thing, newest first; raises Invalid for a bad cursor."""
    found = StoredFile.objects.filter(place=place, place_id=place_id)
    return paging.page(found, ["-id"], after=after, limit=limit)


def contents_at(place: str, place_id: UUID) -> Iterator[tuple[str, Iterator[bytes]]]:
    """The names, made unique, and contents in blocks of all that can be fetched of one thing."""
    rows = list(StoredFile.objects.filter(place=place, place_id=place_id, state=State.READY).order_by("id"))
    for row, name in zip(rows, unique_names([row.name for row in rows]), strict=True):
        yield name, blobs.blocks(row.blob, row.size)
