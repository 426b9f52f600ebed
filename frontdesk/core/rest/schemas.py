"""Schemas that every part of the API shares."""

from ninja import Schema
from pydantic import ConfigDict, Field


class Input(Schema):
    """Base of what callers send: unknown fields are refused by name."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class FieldError(Schema):
    """One refused value."""

    field: str
    reason: str


class Problem(Schema):
    """An error (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str | None = None
    errors: list[FieldError] | None = None
    request_id: str | None = None
    moved_to: str | None = None


class Paging(Schema):
    """Paging by key: pass the `next` of one page as `after` of the following."""

    after: str = Field("", max_length=500)
    limit: int = Field(50, ge=1, le=200)
