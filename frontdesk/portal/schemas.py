"""What the portal's operations take and answer."""

from datetime import datetime, time
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from frontdesk.core.rest.schemas import Input, Schema


def _wall_clock(value) -> time:
    """A time of day without a time zone, written as 09:30 or 09:30:00."""
    try:
        parsed = time.fromisoformat(value)
    except (TypeError, ValueError):
        parsed = None
    if parsed is None or parsed.tzinfo:
        raise PydanticCustomError("time_parsing", "not a time of day")
    return parsed


WallClock = Annotated[time, BeforeValidator(_wall_clock), WithJsonSchema({"type": "string", "examples": ["09:30"]})]


class OwnClient(Schema):
    """A client that the caller sees in the portal."""

    id: UUID
    kind: Literal["person", "organisation", "group"]
    name: str


class OwnClientShown(OwnClient):
    """An own client with what may be done for it: keys of options."""

    allowed: list[str]


class OwnClientPage(Schema):
    """By name; `next` is the `after` of the following page, null on the last."""

    data: list[OwnClient]
    next: str | None


class OwnPoint(Schema):
    """An e-mail address or phone number, and whether it may be used."""

    value: str
    label: str
    consent: bool


class OwnAddress(Schema):
    """A postal address; `country` is ISO 3166, two letters, or empty."""

    label: str
    street: str
    postal_code: str
    city: str
    region: str
    country: str


class OwnContact(Schema):
    """A person to reach about the client; exactly one is primary."""

    id: UUID
    name: str
    role: str
    is_primary: bool
    emails: list[OwnPoint]
    phones: list[OwnPoint]
    address: OwnAddress | None


class OwnDetails(Schema):
    """The primary contact first, and the client's own addresses."""

    contacts: list[OwnContact]
    addresses: list[OwnAddress]


class OwnPointIn(Input):
    """An e-mail address or phone number as typed."""

    value: str
    label: str = ""
    consent: bool = False


class OwnAddressIn(Input):
    """A postal address as typed."""

    label: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    region: str = ""
    country: str = ""


class OwnContactIn(Input):
    """A new contact."""

    name: str
    role: str = ""
    emails: list[OwnPointIn] = Field(default_factory=list)
    phones: list[OwnPointIn] = Field(default_factory=list)
    address: OwnAddressIn | None = None


class OwnContactChanges(Input):
    """What is left out stays; a list replaces the whole list; `address` null removes it."""

    name: str = ""
    role: str = ""
    emails: list[OwnPointIn] = Field(default_factory=list)
    phones: list[OwnPointIn] = Field(default_factory=list)
    address: OwnAddressIn | None = None


class OwnSpan(Input):
    """Available on a weekday (0 is Monday) from `starts` until `ends`, in wall-clock time."""

    weekday: int = Field(ge=0, le=6)
    starts: WallClock
    ends: WallClock


class OwnWeek(Input):
    """The usual week; a day without intervals is not available."""

    intervals: list[OwnSpan] = Field(max_length=100)


class OwnAbsence(Schema):
    """Until when somebody is away; `until` is null when it is open."""

    until: datetime | None
    message: str


class OwnTeamMember(Schema):
    """Someone who serves the client; `email` and `phone` may be empty, `away` is null unless they say so."""

    id: UUID
    name: str
    email: str
    phone: str
    away: OwnAbsence | None


class OwnTeam(Schema):
    """By name."""

    data: list[OwnTeamMember]
