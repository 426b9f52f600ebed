"""Names of rooms and conversations for sentences, which everybody reads alike."""

from uuid import UUID

from frontdesk.clients.models import Client
from frontdesk.core.text import gettext as _

from ..models import Room, RoomMember, Thread


def _pairs(room_ids: list[UUID]) -> dict[UUID, str]:
    names: dict[UUID, list[str]] = {}
    rows = RoomMember.objects.filter(room_id__in=room_ids).order_by("member__sort_name")
    for room_id, name in rows.values_list("room_id", "member__name"):
        names.setdefault(room_id, []).append(name)
    return {room_id: ", ".join(found) for room_id, found in names.items()}


def load_names(thread_ids: list[UUID]) -> dict[UUID, str]:
    """Thread id -> how it is called by somebody who is not in it."""
    rooms = list(Room.objects.filter(thread_id__in=thread_ids).select_related("thread"))
    pairs = _pairs([room.pk for room in rooms if room.kind == Room.Kind.DIRECT])
    about = [room.thread.client_id for room in rooms if room.thread.client_id]
    clients = dict(Client.objects.filter(pk__in=about).values_list("pk", "name"))
    names = {
        Room.Kind.COMPANY: lambda room: _("the company room"),
        Room.Kind.DIRECT: lambda room: pairs.get(room.pk, ""),
        Room.Kind.CLIENT: lambda room: clients.get(room.thread.client_id, ""),
        Room.Kind.GROUP: lambda room: room.name,
    }
    found = {room.thread_id: names[Room.Kind(room.kind)](room) for room in rooms}
    others = Thread.objects.filter(pk__in=[pk for pk in thread_ids if pk not in found], client__isnull=False)
    return found | dict(others.values_list("pk", "client__name"))
