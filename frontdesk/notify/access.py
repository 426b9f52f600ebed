"""Whose notices are whose: everybody has their own and sees nobody else's."""

from uuid import UUID

from django.db.models import QuerySet

from frontdesk.accounts.access import get_member
from frontdesk.core.errors import Forbidden, Missing

from . import permissions
from .models import Device, Notice


def require(actor, right: str) -> None:
    """Raise Forbidden unless the actor holds the right."""
    if not actor.may(right):
        raise Forbidden(right)


def notices_for(actor) -> QuerySet[Notice]:
    """The actor's own notices."""
    require(actor, permissions.VIEW)
    return Notice.objects.filter(member_id=actor.id, shown=True)


def get_notice(actor, notice_id: UUID) -> Notice:
    """One of the actor's own notices; raises Missing."""
    found = notices_for(actor).filter(pk=notice_id).first()
    if found is None:
        raise Missing("notice")
    return found


def devices_for(actor) -> QuerySet[Device]:
    """The devices that take the actor's pushes."""
    require(actor, permissions.VIEW)
    return Device.objects.filter(member_id=actor.id)


def get_device(actor, device_id: UUID) -> Device:
    """One of them; raises Missing."""
    found = devices_for(actor).filter(pk=device_id).first()
    if found is None:
        raise Missing("device")
    return found


def get_reader(actor, member_id: UUID):
    """A member whose notifications the actor may choose; raises Missing, Forbidden."""
    found = get_member(actor, member_id)
    if found.pk != actor.id:
        require(actor, permissions.OTHERS)
    return found
