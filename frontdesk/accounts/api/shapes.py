"""Models as the API shows them."""

from frontdesk.core import permissions

from ..models import Account, ApiToken, Invitation, Member
from ..queries import Person, pending_email


def away(one: Member) -> dict | None:
    """An absence that is or is to come."""
    now = one.is_away()
    if not now and not one.will_be_away():
        return None
    return {
        "now": now, "starts_at": one.away_from, "ends_at": one.away_until, "message": one.away_message,
        "shown": one.away_shown, "deputy": one.deputy_id,
    }  # fmt: skip


def member(person: Person) -> dict:
    """A member."""
    one = person.member
    return {
        "id": one.pk, "name": one.name, "role": one.role, "status": one.status, "state": person.state,
        "email": one.email, "phone": one.phone, "username": (one.user.username if one.user else "") or "",
        "created_at": one.created_at, "away": away(one),
    }  # fmt: skip


def invitation(one: Invitation) -> dict:
    """An invitation with its member's role."""
    return {
        "id": one.pk, "member": one.member_id, "email": one.email, "role": one.member.role, "status": one.status,
        "created_at": one.created_at, "sent_at": one.sent_at, "expires_at": one.expires_at,
    }  # fmt: skip


def token(one: ApiToken) -> dict:
    """A token without its secret."""
    fields = ("name", "prefix", "scopes", "created_at", "expires_at", "last_used_at")
    return {"id": one.pk, **{name: getattr(one, name) for name in fields}}


def account(one: Account) -> dict:
    """An account."""
    region = ("name", "language", "time_zone", "currency", "country")
    fields = (*region, "contact_email", "contact_phone", "require_second_factor")
    return {"id": one.pk, **{name: getattr(one, name) for name in fields}}


def me(actor: Member) -> dict:
    """The actor with what they may do through this token."""
    user = actor.user
    own = {name: (getattr(user, name, "") or "") for name in ("username", "language", "time_zone", "theme")}
    return {
        "id": actor.pk, "name": actor.name, "role": actor.role, "phone": actor.phone,
        "email": (user.email if user else actor.email) or "", "pending_email": pending_email(actor), **own,
        "away": away(actor),
        "rights": [right.name for right in permissions.all_permissions() if actor.may(right.name)],
        "account": account(actor.account),
    }  # fmt: skip
