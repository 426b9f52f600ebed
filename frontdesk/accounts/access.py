"""Who may see and change which people, invitations and tokens: the only place that decides."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from frontdesk.core.errors import Conflict, Forbidden, Missing
from frontdesk.core.text import gettext as _

from . import permissions
from .models import ApiToken, Invitation, Member, Role, Session
from .registry import MailKind, mail_kinds
from .signin import factors


def require(actor, right: str) -> None:
    """Raise Forbidden unless the actor holds the right."""
    if not actor.may(right):
        raise Forbidden(right)


def manage_right(member: Member) -> str:
    """The right that managing this member takes: the team is the admins' matter, portal people the office's."""
    return permissions.MANAGE if member.is_team else permissions.PORTAL_MANAGE


def may_manage(actor, member: Member) -> bool:
    """Whether the actor may activate, deactivate, invite and give sign-in data to this member."""
    return member.account_id == actor.account_id and actor.may(manage_right(member))


def require_manage(actor, member: Member) -> None:
    """Raise Missing for a member of another account, Forbidden without the right to manage this one.

    Guests are also managed by co-workers and clients: see `require_invite`.
    """
    if member.account_id != actor.account_id:
        raise Missing("member")
    if not (member.role == Role.GUEST and _hosts(actor)):
        require(actor, manage_right(member))


def require_away(actor, member: Member) -> None:
    """Raise unless the actor may set this member away: the team themselves, admins everybody of the team.

    Missing for a member of another account, Forbidden, Conflict for somebody of the portal.
    """
    if member.account_id != actor.account_id:
        raise Missing("member")
    require(actor, permissions.AWAY if member.pk == actor.id else permissions.MANAGE)
    if not member.is_team:
        raise Conflict(_("Only people of the team can be away."))


def _hosts(actor) -> bool:
    return actor.is_team or actor.role == Role.CLIENT


def require_invite(actor, member: Member) -> None:
    """As `require_manage`, but portal people may also be invited by co-workers and by clients (their guests).

    Which client's people that may be is decided by the domain of clients before it comes here.
    """
    if member.account_id != actor.account_id:
        raise Missing("member")
    if not (member.is_portal and _hosts(actor)):
        require(actor, permissions.MANAGE)


def members_for(actor) -> QuerySet[Member]:
    """The members whom the actor may see: the office everyone of its account, others themselves."""
    found = Member.objects.filter(account_id=actor.account_id)
    return found if actor.may(permissions.VIEW) else found.filter(pk=actor.id)


def get_member(actor, member_id: UUID) -> Member:
    """One member with user and account; raises Missing when the actor may not see them."""
    found = members_for(actor).select_related("user", "account").filter(pk=member_id).first()
    if found is None:
        raise Missing("member")
    return found


def invitations_for(actor) -> QuerySet[Invitation]:
    """The invitations that the actor may see: the office all of its account."""
    require(actor, permissions.VIEW)
    return Invitation.objects.filter(account_id=actor.account_id).select_related("member")


def get_invitation(actor, invitation_id: UUID) -> Invitation:
    """One invitation; raises Missing or Forbidden."""
    found = invitations_for(actor).filter(pk=invitation_id).first()
    if found is None:
        raise Missing("invitation")
    return found


def tokens_for(actor) -> QuerySet[ApiToken]:
    """The actor's own tokens that are not revoked."""
    return ApiToken.objects.filter(member_id=actor.id, revoked_at=None)


def get_token(actor, token_id: UUID) -> ApiToken:
    """One of the actor's own tokens; raises Missing."""
    found = tokens_for(actor).filter(pk=token_id).first()
    if found is None:
        raise Missing("token")
    return found


def sessions_for(actor) -> QuerySet[Session]:
    """The browsers in which the actor is signed in."""
    open_ones = Session.objects.filter(expire_date__gt=timezone.now(), user__isnull=False)
    return open_ones.filter(user_id=actor.user_id) if actor.user else open_ones.none()


def get_factor(actor, factor_id: UUID) -> factors.Factor:
    """One of the actor's own second factors; raises Missing."""
    own = factors.factors_of(actor.user) if actor.user else []
    found = next((factor for factor in own if factor.id == factor_id), None)
    if found is None:
        raise Missing("factor")
    return found


def get_mail(actor, mail: str) -> MailKind:
    """A mail whose text the account may write; raises Missing, Forbidden."""
    require(actor, permissions.ACCOUNT_EDIT)
    found = mail_kinds.get(mail)
    if found is None:
        raise Missing("mail")
    return found
