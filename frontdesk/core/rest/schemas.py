"""Schemas that every part of the API shares."""

from typing import Any

import ninja
from ninja.params import models as parameters
from pydantic import ConfigDict, Field, field_validator

from frontdesk.core.http.nul import without_nul

# Most schemas only describe answers, and most operations are never called in a process: each is made ready when it is
# first used, which saves a second of every start and 14 MiB in each process. The library makes some schemas by itself,
# so its own bases are told; who derives from `Schema` takes it from here, so that they were told before.
Schema = ninja.Schema  # noqa: TID251
for _base in (Schema, parameters.ParamModel, parameters.PathModel, parameters.QueryModel, parameters.BodyModel):
    _base.model_config["defer_build"] = True


class Input(Schema):
    """Base of what callers send: unknown fields are refused by name. A time is `AwareDatetime`, never without zone."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    @field_validator("*", mode="before")
    @classmethod
    def _no_nul(cls, value: Any) -> Any:
        return without_nul(value)


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
