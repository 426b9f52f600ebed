"""See as: the office looks at the pages of a person of a lower role, as that person sees them, and changes nothing.

Whoever looks stays signed in as themselves; the session names the person whose pages are shown. Every request checks
anew that it is still allowed, refuses what would write, and refuses pages that are nobody's but the person's own.
"""

from datetime import timedelta

from django.utils import timezone

from frontdesk.core.http import PUBLIC, SIGNED_IN

from . import permissions
from .models import Member, MemberStatus, Role

SEEN_KEY, UNTIL_KEY = "see_as", "see_as_until"
LASTS = timedelta(hours=1)
RANKS = [role.value for role in (Role.GUEST, Role.CLIENT, Role.COWORKER, Role.STAFF, Role.ADMIN)]
READS = {"GET", "HEAD", "OPTIONS"}
WAYS_OUT = {"accounts:see_as_end", "account_logout"}
HOME = "accounts:home"
# Rights about a person's own sign-in, which concerns nobody else.
PRIVATE = ("accounts.profile:", "accounts.token:")


def may_see_as(actor, member: Member) -> bool:
    """Whether an actor may look at a member's pages: of their account, of a lower role, and not switched off."""
    lower = RANKS.index(member.role) < RANKS.index(actor.role)
    here = member.account_id == actor.account_id and member.status != MemberStatus.INACTIVE
    return here and lower and actor.viewer is None and actor.may(permissions.SEE_AS)


def begin(session, member: Member) -> None:
    """Show this member's pages in a session from now on, for an hour at most."""
    session[SEEN_KEY], session[UNTIL_KEY] = str(member.pk), (timezone.now() + LASTS).timestamp()


def end(session) -> str:
    """Show one's own pages again; the id of the member who was looked at, "" when nobody was."""
    session.pop(UNTIL_KEY, None)
    return session.pop(SEEN_KEY, "")


def eyes_of(session, viewer: Member | None) -> Member | None:
    """The member through whose eyes a request is answered: the viewer, unless they see as somebody else."""
    if viewer is None or SEEN_KEY not in session:
        return viewer
    found = Member.objects.filter(account_id=viewer.account_id, pk=session[SEEN_KEY]).select_related("user", "account")
    member = found.first()
    if member is None or session.get(UNTIL_KEY, 0) < timezone.now().timestamp() or not may_see_as(viewer, member):
        end(session)
        return viewer
    member.viewer = viewer
    if member.user:
        # To which other accounts the person belongs concerns only them.
        member.user.memberships = [member]
    return member


def refused(request, view) -> str:
    """Why a request is not answered while seeing as somebody: `writes`, `private`, or "" when it is."""
    name, policy = request.resolver_match.view_name, getattr(view, "policy", None)
    if name in WAYS_OUT:
        return ""
    if request.method not in READS:
        return "writes"
    if policy is None or policy.right.startswith(PRIVATE):
        return "private"
    return "private" if policy.right == SIGNED_IN and name != HOME else "" if policy.right != PUBLIC else _public(name)


def _public(name: str) -> str:
    """Pages of sign-in are about whoever sits there."""
    return "private" if name.startswith(("account_", "accounts:")) else ""
