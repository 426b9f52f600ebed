"""Files as the API shows them."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from frontdesk.core.rest.schemas import Input, Schema

from ..actions.attaching import MOST


class FileOut(Schema):
    """A file; it can be fetched once its `state` is ready. A picture is `checking` until it was made anew."""

    id: UUID
    name: str
    size: int
    content_type: str
    kind: Literal["image", "video", "audio", "pdf", "other"]
    state: Literal["checking", "ready", "refused"]
    width: int | None
    height: int | None
    seconds: int | None
    has_preview: bool
    uploader_id: UUID | None
    created_at: datetime


class FileRows(Schema):
    """Newest first; `next` is the `after` of the following page, null on the last."""

    data: list[FileOut]
    next: str | None


class FilesIn(Input):
    """Some files."""

    files: list[UUID] = Field(min_length=1, max_length=MOST)


class LimitsOut(Schema):
    """What may be uploaded: extensions without dots, the largest size, and the most that the installation allows."""

    extensions: list[str]
    megabytes: int
    most_megabytes: int


class LimitsIn(Input):
    """Which files the account takes."""

    extensions: list[str] = Field(max_length=400)
    megabytes: int = Field(ge=1, le=1_000_000)


def file_out(file) -> dict:
    """FileOut of a stored file or a row of one."""
    return {name: getattr(file, name) for name in FileOut.model_fields}
