"""From a session to the member who acts, and back."""

from uuid import UUID

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, login
from django.utils.crypto import constant_time_compare

from frontdesk.core.tenancy.prepared import PreparedObjects
from frontdesk.core.text import gettext as _

from ..models import Account, Member, MemberStatus, User

MEMBER_KEY = "member_id"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def memberships(user_id):
    """The active memberships of a user with their accounts, in order of joining."""
    active = Member.objects.filter(user_id=user_id, status=MemberStatus.ACTIVE)
    return active.select_related("account", "user").order_by("created_at", "id")


MEMBERSHIPS = PreparedObjects(Member, {"account": Account, "user": User}, memberships, scoped=False)


def _valid(session, user) -> bool:
    """The password has not changed since this session began, and the user may sign in."""
    given = session.get(HASH_SESSION_KEY, "")
    return user.is_active and not user.password_expired and constant_time_compare(given, user.get_session_auth_hash())


def member_of_session(session) -> Member | None:
    """The member whom a session acts as; None when signed out, deactivated, or without any account.

    Checked on every request, so that deactivation reaches open sessions with their next request.
    """
    user_id = session.get(SESSION_KEY)
    if not user_id or BACKEND_SESSION_KEY not in session:
        return None
    known = MEMBERSHIPS(UUID(user_id))
    chosen = session.get(MEMBER_KEY)
    member = next((one for one in known if str(one.pk) == chosen), known[0] if known else None)
    if member is None or not _valid(session, member.user):
        return None
    if str(member.pk) != chosen:
        session[MEMBER_KEY] = str(member.pk)
    member.user.memberships = known
    return member


def refusal(user: User) -> str:
    """Why a user with the right password may not sign in, as a sentence; "" when they may."""
    if not user.is_active or not memberships(user.pk).exists():
        return _("Your access is switched off. Ask the office to switch it on again.")
    if user.password_expired:
        return _("This temporary password has expired. Ask the office for a new one.")
    return ""


def enter(request, member: Member) -> None:
    """Sign the member's user in and act as this member; an open session of someone else ends."""
    login(request, member.user, backend=BACKEND)
    request.session[MEMBER_KEY] = str(member.pk)
