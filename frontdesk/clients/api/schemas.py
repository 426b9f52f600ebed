"""What the API of clients takes and gives."""

from datetime import datetime, time
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from frontdesk.core.rest.schemas import Input, Paging, Schema

from ..values import AddressInput, ClientInput, ContactInput, PointInput

KindName = Literal["person", "organisation", "group"]
StatusName = Literal["active", "prospect", "inactive"]
Line = Annotated[str, Field(max_length=400)]
Value = bool | int | float | Annotated[str, Field(max_length=2000)] | None
OWN = "Values of own fields by the field's id; see GET /client-fields. A choice by its id or name."


class PointIn(Input):
    """An e-mail address or phone number with the consent to use it."""

    value: Line
    label: Line = ""
    consent: bool = False


class ContactIn(Input):
    """A contact; lists replace what was there."""

    name: Line
    role: Line = ""
    emails: list[PointIn] = Field([], max_length=50)
    phones: list[PointIn] = Field([], max_length=50)

    def typed(self) -> ContactInput:
        """The value that the verbs take."""
        return ContactInput(
            self.name,
            self.role,
            [PointInput(**dict(point)) for point in self.emails],
            [PointInput(**dict(point)) for point in self.phones],
        )


class AddressIn(Input):
    """A postal address; `country` is ISO 3166, two letters."""

    street: Line = ""
    postal_code: Line = ""
    city: Line = ""
    region: Line = ""
    country: Line = ""
    label: Line = ""

    def typed(self) -> AddressInput:
        """The value that the verbs take."""
        return AddressInput(**dict(self))


class ClientIn(Input):
    """A new client; without `contact` the client's own name becomes the primary contact's."""

    name: Line
    kind: KindName = "person"
    status: StatusName = "active"
    reference: Line = ""
    language: Line = ""
    contact: ContactIn | None = None
    address: AddressIn | None = None
    tags: list[Line] = Field([], max_length=60)
    custom: dict[str, Value] = Field({}, max_length=200, description=OWN)

    def typed(self) -> ClientInput:
        """The value that the verb takes."""
        return ClientInput(
            name=self.name,
            kind=self.kind,
            status=self.status,
            reference=self.reference,
            language=self.language,
            contact=self.contact.typed() if self.contact else None,
            address=self.address.typed() if self.address else AddressInput(),
            tags=list(self.tags),
            custom=dict(self.custom),
        )


class ClientPatch(Input):
    """Fields to change; what is left out stays."""

    name: Line | None = None
    kind: KindName | None = None
    status: StatusName | None = None
    reference: Line | None = None
    language: Line | None = None
    tags: list[Line] | None = Field(None, max_length=60)
    custom: dict[str, Value] | None = Field(None, max_length=200, description=OWN + " Null empties one.")


class ClientQuery(Paging):
    """Filters and order of the list; empty ones do not narrow."""

    q: str = Field("", max_length=100)
    status: str = Field("", max_length=20)
    kind: str = Field("", max_length=20)
    assigned: str = Field("", max_length=40, description='A member\'s id, or "none".')
    tag: str = Field("", max_length=40, description="A tag's id.")
    mobile: str = Field("", max_length=3, description='"yes" or "no".')
    portal: str = Field("", max_length=3, description='"yes" or "no".')
    unsubscribed: str = Field("", max_length=3, description='"yes" for unsubscribed from all messages, or "no".')
    custom: str = Field("", max_length=1000, description="Own fields: <id>:<choice's id or name, yes or no>, …")
    sort: str = Field("name", max_length=20, description="name, -name, newest, oldest or changed.")


class TagOut(Schema):
    """A tag; `hue` is one of eight colours."""

    id: UUID
    name: str
    hue: int


class MemberRef(Schema):
    """A member of the team."""

    id: UUID
    name: str
    role: str


class ClientRow(Schema):
    """A client as lists show it."""

    id: UUID
    kind: str
    status: str
    name: str
    reference: str
    email: str
    phone: str
    has_mobile: bool
    has_portal: bool
    unsubscribed: bool
    created_at: datetime
    updated_at: datetime
    tags: list[TagOut]
    team: list[MemberRef]
    custom: dict[str, Value]


class ClientRows(Schema):
    """A page of clients; `next` is null on the last one. `cut` says that a search matched more than is listed."""

    data: list[ClientRow]
    next: str | None
    cut: bool


class PointOut(Schema):
    """An e-mail address (lower case) or phone number (E.164)."""

    value: str
    label: str
    consent: bool
    is_mobile: bool


class AddressOut(Schema):
    """A postal address."""

    id: UUID
    label: str
    street: str
    postal_code: str
    city: str
    region: str
    country: str


class ContactOut(Schema):
    """A contact of a client."""

    id: UUID
    name: str
    role: str
    is_primary: bool
    emails: list[PointOut]
    phones: list[PointOut]
    address: AddressOut | None


class AccessOut(Schema):
    """Somebody who may sign in for a client; `invitation` is pending, registered, expired or null."""

    member_id: UUID
    name: str
    role: str
    status: str
    invitation: str | None


class ClientOut(Schema):
    """A client with all that belongs to it."""

    id: UUID
    kind: str
    status: str
    name: str
    reference: str
    language: str
    has_portal: bool
    unsubscribed: bool
    created_at: datetime
    updated_at: datetime
    contacts: list[ContactOut]
    addresses: list[AddressOut]
    tags: list[TagOut]
    team: list[MemberRef]
    custom: dict[str, Value]


class NoteIn(Input):
    """A note."""

    body: str = Field(max_length=40_000)


class NoteOut(Schema):
    """A note of the team."""

    id: UUID
    author_id: UUID | None
    body: str
    created_at: datetime
    edited_at: datetime | None


class NoteRows(Schema):
    """A page of notes, newest first."""

    data: list[NoteOut]
    next: str | None


class Counts(Schema):
    """How many clients there are, by status."""

    all: int
    active: int
    prospect: int
    inactive: int


class ServingIn(Input):
    """The members who serve a client."""

    members: list[UUID] = Field(max_length=200)


class Span(Input):
    """An interval of a weekday (0 is Monday) in wall-clock time."""

    weekday: int = Field(ge=0, le=6)
    starts: time
    ends: time


class Week(Input):
    """Weekly availability; a day without intervals is unavailable."""

    intervals: list[Span] = Field(max_length=100)


class PortalSignInIn(Input):
    """A username for the primary contact."""

    username: Line


class ShareIn(Input):
    """The e-mail address or username of somebody who signs in for another client."""

    login: Line


class SignInOut(Schema):
    """The temporary password, shown once."""

    username: str
    temporary_password: str


class DuplicateOut(Schema):
    """A client that shares an e-mail address or phone number."""

    id: UUID
    name: str
    value: str


class Duplicates(Schema):
    """Possible duplicates."""

    data: list[DuplicateOut]


class DuplicateQuery(Schema):
    """Values to look for."""

    email: str = Field("", max_length=254)
    phone: str = Field("", max_length=60)
