"""What people are told of the parts below: colleagues, webhooks and background jobs."""

from collections.abc import Iterable
from uuid import UUID

from frontdesk.accounts.access import members_for
from frontdesk.accounts.models import Invitation, Member, Role
from frontdesk.accounts.queries import admin_ids
from frontdesk.activity.reactions import Happening
from frontdesk.activity.sentences import as_uuid
from frontdesk.core.permissions import ADMIN, OFFICE, TEAM
from frontdesk.core.tenancy.context import current_account_id
from frontdesk.core.text import gettext as _
from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.core.text import ngettext as _n
from frontdesk.ui.jinja import url

from . import kinds
from .kinds import Area, NoticeData, NoticeKind, Wording

PEOPLE = Area("people", _lazy("People"), "users-group", "accounts:people", order=70)
SYSTEM = Area("system", _lazy("Upkeep"), "tool", "accounts:settings", order=90)


def inviters(member_id: UUID | None) -> set[UUID]:
    """Whoever invited a member."""
    sent = Invitation.objects.filter(account_id=current_account_id(), member_id=member_id, invited_by__isnull=False)
    return set(sent.values_list("invited_by_id", flat=True))


def subjects(found: list[NoticeData], reader) -> dict[UUID, str]:
    """The names of the people whom notices are about, as far as the reader sees them."""
    ids = {data.subject_id for data in found if data.subject_id}
    return dict(members_for(reader).filter(pk__in=ids).values_list("pk", "name"))


def _joined(happening: Happening) -> Iterable[UUID]:
    if happening.data.get("role") not in TEAM:
        return ()
    return inviters(happening.subject_id) | set(admin_ids())


def _say_joined(data: NoticeData, reader) -> Wording | None:
    name = data.loaded.get(data.subject_id)
    if name is None:
        return None
    return Wording(_("%(name)s accepted the invitation", name=name), href=url("accounts:member", data.subject_id))


def _stands_in(happening: Happening) -> Iterable[UUID]:
    deputy = as_uuid(happening.data.get("deputy"))
    return [deputy] if deputy else ()


def _deputised(found: list[NoticeData], reader) -> dict[UUID, str]:
    """Colleagues whom the reader stands in for now: who is back, or named somebody else, is not among them."""
    mine = Member.objects.filter(account_id=reader.account_id, deputy_id=reader.id, away_from__isnull=False)
    return dict(mine.values_list("pk", "name"))


def _say_stands_in(data: NoticeData, reader) -> Wording | None:
    name = data.loaded.get(data.subject_id)
    if name is None:
        return None
    return Wording(_("You stand in for %(name)s, who is away", name=name), href=url("accounts:home"))


def _myself(happening: Happening) -> Iterable[UUID]:
    return [happening.subject_id] if happening.subject_id else ()


def _say_role(data: NoticeData, reader) -> Wording | None:
    return Wording(_("%(who)s changed your role", who=data.who), str(Role(reader.role).label), url("accounts:home"))


def _say_webhook(data: NoticeData, reader) -> Wording | None:
    body = _("It failed for days, or its address said that it is gone.")
    return Wording(_("A webhook was switched off"), body, url("webhooks:show", data.subject_id))


def _say_job(data: NoticeData, reader) -> Wording | None:
    title = _n("A background job failed", "%(num)s background jobs failed", data.count)
    return Wording(title, _("Let it run again once the reason is gone."), url("activity:jobs"))


KINDS = [
    NoticeKind(
        "people.joined", _lazy("Colleagues who register"), _lazy("Somebody whom you invited to the team signs in"),
        PEOPLE.key, OFFICE, ("member.registered",), _joined, _say_joined, load=subjects, icon="user-check", order=10,
    ),
    NoticeKind(
        "people.stands_in", _lazy("Standing in"), _lazy("A colleague who is away named you as their deputy"),
        PEOPLE.key, TEAM, ("profile.away", "member.away"), _stands_in, _say_stands_in,
        thread_key=lambda happening: str(happening.subject_id), defaults=kinds.IN_APP_AND_PUSH, load=_deputised,
        icon="clock-pause", order=20,
    ),
    NoticeKind(
        "people.role", _lazy("Your role"), _lazy("Somebody gave you another role"),
        PEOPLE.key, TEAM, ("member.role",), _myself, _say_role, thread_key=lambda happening: "role",
        icon="user-shield", order=30,
    ),
    NoticeKind(
        "system.webhook", _lazy("Webhooks switched off"), _lazy("Messages to another system failed for days"),
        SYSTEM.key, ADMIN, ("webhooks.endpoint.stopped",), lambda happening: admin_ids(), _say_webhook,
        icon="plug", order=80,
    ),
]  # fmt: skip
# No activity stands behind it: a periodic job looks for what was given up.
JOB = NoticeKind(
    "system.job", _lazy("Background jobs that failed"), _lazy("A mail, an import or other work was given up"),
    SYSTEM.key, ADMIN, (), lambda happening: admin_ids(), _say_job, thread_key=lambda happening: "jobs",
    icon="alert-triangle", order=90,
)  # fmt: skip


def register() -> None:
    """Called once at start-up."""
    for area in (PEOPLE, SYSTEM):
        kinds.areas.register(area.key, area)
    for kind in (*KINDS, JOB):
        kinds.register(kind)
