"""Who sees a person, and why: in words, now or at another time. `access.members_for` applies the same rule."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from frontdesk.core.permissions import TEAM, holds
from frontdesk.core.text import gettext as _
from frontdesk.ui import formats

from . import permissions
from .models import Member, MemberStatus, Role
from .past import members_at, signs_in


@dataclass(frozen=True)
class Reason:
    """One grant: `by` is role, capability, assignment, access, guest or self; the rest is known of dated ones."""

    by: str
    words: str
    since: datetime | None = None
    granted_by: UUID | None = None
    until: datetime | None = None


@dataclass
class Sight:
    """A person who holds a grant to see something; `hindrance` says why they do not see it in spite of it."""

    member: Member
    reasons: list[Reason] = field(default_factory=list)
    hindrance: str = ""

    @property
    def sees(self) -> bool:
        """Whether they really see it."""
        return not self.hindrance


def role_reason(member: Member, what: Callable[[], str]) -> Reason:
    """That the role alone is enough; `what` names what staff see."""
    if member.role == Role.ADMIN:
        return Reason("role", _("As an admin they see everything."))
    return Reason("role", _("As staff they see %(everything)s.", everything=what()))


def cannot_sign_in(member: Member, at: datetime | None) -> str:
    """Why a member sees nothing at all, as a sentence; empty when they are let in."""
    if signs_in(member, at):
        return ""
    if member.status == MemberStatus.INVITED:
        return _("Has not registered.")
    return _("Cannot sign in: their access is switched off.")


def on(day: datetime) -> str:
    """A moment as sentences name it."""
    return formats.date(day, "long")


def sees_people(member) -> bool:
    """Whether a member sees everybody of their account; the scopes of a token narrow what it does."""
    return holds(member.role, None, permissions.VIEW, member.allows)


def who_sees_member(actor, subject: Member, at: datetime | None = None) -> list[Sight]:
    """Everybody who can see a person's record, and why, by name; `subject` is one whom the actor has loaded."""
    team = Member.objects.filter(account_id=actor.account_id, role__in=TEAM).exclude(pk=subject.pk)
    found = []
    for member in members_at(actor.account, [*team.select_related("user"), subject], at):
        reasons = [role_reason(member, lambda: _("everybody"))] if sees_people(member) else []
        if member.pk == subject.pk:
            reasons.append(Reason("self", _("It is their own record.")))
        if reasons and (member.status != MemberStatus.INACTIVE or member.pk == subject.pk):
            found.append(Sight(member, reasons, cannot_sign_in(member, at)))
    return sorted(found, key=lambda sight: (sight.member.sort_name, sight.member.pk))
