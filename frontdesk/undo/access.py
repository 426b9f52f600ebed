"""Who sees and undoes which changes: the only place that decides."""

from uuid import UUID

from django.db.models import QuerySet

from frontdesk.core.errors import Forbidden, Missing

from . import permissions
from .models import Change
from .registry import change_kinds


def require(actor, right: str) -> None:
    """Raise Forbidden unless the actor holds the right."""
    if not actor.may(right):
        raise Forbidden(right)


def kinds_for(actor) -> list[str]:
    """The kinds of changes that the actor may see."""
    return [key for key, kind in change_kinds.items() if actor.may(kind.view)]


def changes_for(actor) -> QuerySet[Change]:
    """The changes that the actor may see; raises Forbidden."""
    require(actor, permissions.VIEW)
    return Change.objects.filter(kind__in=kinds_for(actor))


def get_change(actor, change_id: UUID) -> Change:
    """One of them; raises Missing, Forbidden."""
    found = changes_for(actor).filter(pk=change_id).select_related("member", "undone_by").first()
    if found is None:
        raise Missing("change")
    return found
