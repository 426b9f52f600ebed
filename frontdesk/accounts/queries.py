"""Reads for pages and API: a fixed number of queries each, whatever the number of rows."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from frontdesk.core import paging, permissions
from frontdesk.core.errors import Invalid
from frontdesk.core.fold import fold
from frontdesk.core.reader import in_language
from frontdesk.core.tenancy.context import current_account_id
from frontdesk.core.tenancy.prepared import PreparedObjects
from frontdesk.core.text import gettext as _

from . import access, letters
from .away import away_at
from .models import Account, ApiToken, EmailChange, Invitation, MailText, Member, MemberStatus, Role
from .registry import MailKind, mail_kinds, people_filters
from .signin import devices
from .signin.factors import Factor, factors_of

GROUPS = {
    "": permissions.EVERYONE,
    "team": permissions.TEAM,
    "admin": frozenset({Role.ADMIN.value}),
    "staff": frozenset({Role.STAFF.value}),
    "coworker": frozenset({Role.COWORKER.value}),
    "portal": permissions.PORTAL,
    "client": frozenset({Role.CLIENT.value}),
    "guest": frozenset({Role.GUEST.value}),
}
ORDER = ["sort_name", "id"]
ORDERS = {"": ORDER, "newest": ["-id"]}


@dataclass(frozen=True)
class PeopleFilters:
    """What the directory is narrowed to; empty values do not narrow. `more` are filters of other domains."""

    group: str = ""
    status: str = ""
    q: str = ""
    sort: str = ""
    away: str = ""
    more: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Person:
    """A member with the latest invitation, where one was sent."""

    member: Member
    invitation: Invitation | None

    @property
    def state(self) -> str:
        """`active`, `inactive`, `pending` (invited), `expired` (invitation) or `none` (no sign-in at all)."""
        if self.member.status != MemberStatus.INVITED:
            return self.member.status
        if self.invitation is None or self.invitation.withdrawn_at:
            return "none"
        return self.invitation.status


def _checked(filters: PeopleFilters) -> PeopleFilters:
    if filters.group not in GROUPS:
        raise Invalid({"role": [_("Choose one from the list.")]})
    if filters.status and filters.status not in MemberStatus.values:
        raise Invalid({"status": [_("Choose one from the list.")]})
    if filters.away not in ("", "now"):
        raise Invalid({"away": [_("Choose one from the list.")]})
    if filters.sort not in ORDERS:
        raise Invalid({"sort": [_("Choose one from the list.")]})
    return filters


def _narrowed(actor, filters: PeopleFilters):
    found = access.members_for(actor)
    if filters.group:
        found = found.filter(role__in=GROUPS[filters.group])
    if filters.status:
        found = found.filter(status=filters.status)
    if filters.away:
        found = found.filter(away_at(timezone.now()))
    for key, value in filters.more.items():
        found = people_filters[key].narrow(found, value) if value else found
    if filters.q:
        words = fold(filters.q)[:100]
        found = found.filter(sort_name__contains=words) | found.filter(email__contains=words)
    return found


def people(
    actor, filters: PeopleFilters, *, after: str = "", before: str = "", limit: int = paging.LIMIT
) -> paging.Page:
    """A page of Person by name or newest first; raises Invalid for an unknown filter or a bad cursor."""
    found = _narrowed(actor, _checked(filters)).select_related("user")
    page = paging.page(found, ORDERS[filters.sort], after=after, before=before, limit=limit)
    sent = invitation_states([member.pk for member in page.rows])
    return paging.Page([Person(member, sent.get(member.pk)) for member in page.rows], page.after, page.before)


def every_person(actor, filters: PeopleFilters) -> Iterator[Person]:
    """Everyone under the filters, in pages that a database answers quickly; raises Invalid."""
    after: str | None = ""
    while after is not None:
        found = people(actor, filters, after=after, limit=paging.LIMIT)
        yield from found.rows
        after = found.after


def person(member: Member) -> Person:
    """One member with the latest invitation."""
    return Person(member, invitation_states([member.pk]).get(member.pk))


def invitation_states(member_ids: Iterable[UUID]) -> dict[UUID, Invitation]:
    """Member id -> their latest invitation, in one query; members who were never invited are absent."""
    found = Invitation.objects.filter(account_id=current_account_id(), member_id__in=list(member_ids)).order_by("id")
    return {invitation.member_id: invitation for invitation in found}


def members_by_id(ids: Iterable[UUID]) -> dict[UUID, Member]:
    """Id -> member of the account in context; unknown ids are absent."""
    found = Member.objects.filter(account_id=current_account_id(), pk__in=list(ids))
    return {member.pk: member for member in found}


TEAM = PreparedObjects(
    Member,
    {},
    lambda account_id: Member.objects.filter(
        account_id=account_id, role__in=sorted(permissions.TEAM), status=MemberStatus.ACTIVE
    ).order_by(*ORDER),
    scoped=False,
)


def not_switched_off() -> QuerySet[Member]:
    """The members of the account in context, invited ones among them, with their users."""
    found = Member.objects.filter(account_id=current_account_id()).exclude(status=MemberStatus.INACTIVE)
    return found.select_related("user", "account")


def admin_ids() -> list[UUID]:
    """The active admins of the account in context."""
    admins = Member.objects.filter(account_id=current_account_id(), role=Role.ADMIN, status=MemberStatus.ACTIVE)
    return list(admins.values_list("pk", flat=True))


def team(account: Account) -> list[Member]:
    """The active team by name, for pickers."""
    return TEAM(account.pk)


def deputies(member: Member) -> QuerySet[Member]:
    """The colleagues who may stand in for a member while they are away, by name."""
    active = Member.objects.filter(account_id=member.account_id, role__in=permissions.TEAM, status=MemberStatus.ACTIVE)
    return active.exclude(pk=member.pk).order_by(*ORDER)


def deputy_of(member: Member) -> Member | None:
    """Who stands in for a member; None when nobody was named, or who was has left."""
    return deputies(member).filter(pk=member.deputy_id).first() if member.deputy_id else None


def has_colleagues(actor) -> bool:
    """Whether anyone but the actor was ever added to the team."""
    found = Member.objects.filter(account_id=actor.account_id, role__in=permissions.TEAM)
    return found.exclude(pk=actor.id).exists()


def invitations(actor, *, after: str = "", limit: int = paging.LIMIT) -> paging.Page:
    """A page of invitations, newest first."""
    return paging.page(access.invitations_for(actor), ["-id"], after=after, limit=limit)


def tokens(actor) -> list[ApiToken]:
    """The actor's own tokens, newest first."""
    return list(access.tokens_for(actor).order_by("-created_at", "-id"))


def _held(actor) -> list[permissions.Permission]:
    """The actor's rights, those of a token aside."""
    everything = permissions.all_permissions()
    return [right for right in everything if permissions.holds(actor.role, None, right.name, actor.allows)]


def scopes_of(actor) -> list[str]:
    """The scopes that a token of this actor may have: those of the role, and of the token that asks."""
    own = {right.scope for right in _held(actor)}
    return sorted(own if actor.scopes is None else own & actor.scopes)


def scope_labels(actor) -> list[tuple[str, str]]:
    """(scope, what it allows this actor in words) for each scope they may give a token."""
    held = _held(actor)
    return [
        (scope, ", ".join(str(right.label) for right in held if right.scope == scope)) for scope in scopes_of(actor)
    ]


@dataclass(frozen=True)
class Device:
    """A browser in which one is signed in; `here` is the one that asks."""

    id: UUID
    name: str
    phone: bool
    ip: str
    created_at: datetime
    seen_at: datetime | None
    here: bool


def sessions(actor, key: str = "") -> list[Device]:
    """The browsers in which the actor is signed in, the one whose session has that key first, then by last use."""
    rows = access.sessions_for(actor).order_by("-seen_at", "-created_at")
    found = [
        Device(
            row.public_id, devices.device(row.agent), devices.is_phone(row.agent), row.ip, row.created_at,
            row.seen_at, row.session_key == key,
        )
        for row in rows
    ]  # fmt: skip
    return sorted(found, key=lambda device: not device.here)


def factors(actor) -> list[Factor]:
    """The actor's own second factors and recovery codes, oldest first."""
    return factors_of(actor.user) if actor.user else []


def pending_email(actor) -> str:
    """The address that the actor asked for and has not confirmed yet; "" when there is none."""
    own = EmailChange.objects.filter(account_id=actor.account_id, member_id=actor.id, expires_at__gt=timezone.now())
    return own.values_list("email", flat=True).first() or ""


def office_without_factor(actor) -> list[Member]:
    """The active admins and staff who have no second factor, by name."""
    office = access.members_for(actor).filter(role__in=permissions.OFFICE, status=MemberStatus.ACTIVE)
    return list(office.filter(user__has_second_factor=False).order_by(*ORDER))


def mails(actor) -> list[tuple[MailKind, list[str]]]:
    """Every mail whose text can be changed, with the languages in which the account wrote it itself."""
    own = MailText.objects.filter(account_id=actor.account_id).order_by("language").values_list("mail", "language")
    written = list(own)
    return [(kind, [language for mail, language in written if mail == kind.key]) for kind in mail_kinds]


def letter(actor, kind: MailKind, language: str) -> letters.Letter:
    """The text of a mail as it would be sent in that language, placeholders unfilled."""
    return letters.letter(actor.account, kind, language)


def preview(actor, kind: MailKind, text: letters.Letter, language: str) -> letters.Letter:
    """A text with the actor's own values in place of placeholders."""
    with in_language(language):
        return letters.filled(text, kind.sample(actor))
