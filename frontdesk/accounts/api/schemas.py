"""What the API of this domain takes and gives."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from frontdesk.core.rest.schemas import Input, Paging, Schema

Line = Annotated[str, Field(max_length=400)]
Secret = Annotated[str, Field(max_length=400, json_schema_extra={"format": "password"})]
TeamRole = Literal["admin", "staff", "coworker"]
RoleName = Literal["admin", "staff", "coworker", "client", "guest"]
StatusName = Literal["invited", "active", "inactive"]
StateName = Literal["active", "inactive", "pending", "expired", "registered", "none"]


class MemberIn(Input):
    """A new colleague. `method` is how they come to sign in: by an invitation or a welcome (with a temporary
    password) that is sent, by a link or a temporary password in the answer."""

    name: Line
    role: RoleName
    email: Line = ""
    username: Line = ""
    phone: Line = ""
    method: Literal["mail", "welcome", "link", "password"] = "mail"


class MemberPatch(Input):
    """What changes; the rest stays. The address only of someone who has not registered."""

    name: Line | None = None
    email: Line | None = None
    phone: Line | None = None
    role: RoleName | None = None


class SignInIn(Input):
    """A username; the temporary password is in the answer when none is given."""

    username: Line
    password: Secret = ""


class MemberQuery(Paging):
    """Narrows the list."""

    role: Literal["", "team", "portal", "admin", "staff", "coworker", "client", "guest"] = ""
    status: Literal["", "invited", "active", "inactive"] = ""
    q: str = Field("", max_length=100)
    sort: Literal["", "newest"] = ""
    away: Literal["", "now"] = ""


class AwayIn(Input):
    """An absence: from now on without `starts_at`, until it is ended without `ends_at`; `shown` to portal people."""

    starts_at: AwareDatetime | None = None
    ends_at: AwareDatetime | None = None
    message: str = Field("", max_length=4000)
    shown: bool = False
    deputy: UUID | None = None


class AwayOut(Schema):
    """An absence, `now` or still to come; `deputy` stands in."""

    now: bool
    starts_at: datetime
    ends_at: datetime | None
    message: str
    shown: bool
    deputy: UUID | None


class AwayState(Schema):
    """The absence that is or is to come; null when there is none."""

    away: AwayOut | None


class MemberOut(Schema):
    """A person of the account. `state` says more than `status` about those who have not registered."""

    id: UUID
    name: str
    role: RoleName
    status: StatusName
    state: StateName
    email: str
    phone: str
    username: str
    created_at: datetime
    away: AwayOut | None


class MemberMade(MemberOut):
    """A member with what is shown only this once."""

    link: str = ""
    password: str = ""


class MemberRows(Schema):
    """A page of members."""

    data: list[MemberOut]
    next: str | None


class OnceOut(Schema):
    """What is shown only this once."""

    link: str = ""
    password: str = ""


class InvitationOut(Schema):
    """An invitation; `status` is pending, registered or expired (too old or withdrawn)."""

    id: UUID
    member: UUID
    email: str
    role: RoleName
    status: Literal["pending", "registered", "expired"]
    created_at: datetime
    sent_at: datetime
    expires_at: datetime


class InvitationRows(Schema):
    """A page of invitations, newest first."""

    data: list[InvitationOut]
    next: str | None


class TokenIn(Input):
    """A new token; it cannot do more, nor live longer, than the token that makes it."""

    name: Line
    scopes: list[str] = Field(max_length=100)
    expires_at: AwareDatetime | None = None


class TokenOut(Schema):
    """A token of one's own, without its secret."""

    id: UUID
    name: str
    prefix: str
    scopes: list[str]
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None


class TokenMade(TokenOut):
    """A token with its secret, shown only this once."""

    token: str


class TokenRows(Schema):
    """All tokens of one's own."""

    data: list[TokenOut]


class FactorOut(Schema):
    """A second factor of one's own: an app with codes, a passkey, or recovery codes, of which `left` are unused."""

    id: UUID
    kind: Literal["totp", "webauthn", "recovery_codes"]
    name: str
    created_at: datetime
    last_used_at: datetime | None
    left: int


class FactorRows(Schema):
    """All second factors of one's own."""

    data: list[FactorOut]


class SessionOut(Schema):
    """A browser in which one is signed in."""

    id: UUID
    name: str
    ip: str
    created_at: datetime
    seen_at: datetime | None


class SessionRows(Schema):
    """All browsers in which one is signed in, the last used first."""

    data: list[SessionOut]


class AccountOut(Schema):
    """The account."""

    id: UUID
    name: str
    language: str
    time_zone: str
    currency: str
    country: str
    require_second_factor: bool
    contact_email: str
    contact_phone: str


class AccountPatch(Input):
    """What changes; the rest stays."""

    name: Line | None = None
    language: Line | None = None
    time_zone: Line | None = None
    currency: Line | None = None
    country: Line | None = None
    require_second_factor: bool | None = None
    contact_email: Line | None = None
    contact_phone: Line | None = None


class MeOut(Schema):
    """Whom the token acts as; empty language and time zone follow the account, `pending_email` is not confirmed."""

    id: UUID
    name: str
    role: RoleName
    email: str
    pending_email: str
    username: str
    phone: str
    language: str
    time_zone: str
    theme: str
    away: AwayOut | None
    rights: list[str]
    account: AccountOut


class MePatch(Input):
    """What changes; the rest stays. A new e-mail address takes the current password."""

    name: Line | None = None
    username: Line | None = None
    phone: Line | None = None
    language: Line | None = None
    time_zone: Line | None = None
    theme: Line | None = None
    email: Line | None = None
    current_password: Secret = ""


class PasswordIn(Input):
    """The current and the new password."""

    current_password: Secret
    password: Secret


class MailIn(Input):
    """Subject and text of a mail, with placeholders in braces."""

    subject: Line
    body: str = Field(max_length=20000)


class MailRow(Schema):
    """A mail whose text can be changed; `written` are the languages in which you wrote it yourself."""

    mail: str
    label: str
    written: list[str]


class MailRows(Schema):
    """All of them."""

    data: list[MailRow]


class MailPreview(Schema):
    """What would arrive."""

    subject: str
    body: str


class MailOut(MailPreview):
    """A text; `own` when you wrote it, `placeholders` what may stand in braces."""

    mail: str
    language: str
    own: bool
    placeholders: dict[str, str]
    preview: MailPreview
