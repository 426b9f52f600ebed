"""Rooms and their threads, made in the caller's transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from frontdesk.clients.models import Client
from frontdesk.core.ids import uuid7s
from frontdesk.core.tenancy.bulk import bulk_insert
from frontdesk.core.tenancy.context import current_account_id
from frontdesk.live.publishing import rights_changed

from ..models import Room, Thread
from .belonging import KIND


def new_room(account_id: UUID, kind: str, **fields) -> Room:
    """A room that is about no client."""
    thread = Thread.objects.create(account_id=account_id, kind=KIND, last_at=timezone.now())
    return Room.objects.create(account_id=account_id, thread=thread, kind=kind, **fields)


def open_client_rooms(client_ids: Sequence[UUID], since: Mapping[UUID, datetime] | None = None) -> None:
    """Rooms for clients that have none yet, as new as `since` says, so that old ones do not push aside what is new."""
    count, now, known = len(client_ids), timezone.now(), since or {}
    thread_ids = uuid7s(count)
    threads = [
        (pk, KIND, client_id, 0, known.get(client_id, now), None)
        for pk, client_id in zip(thread_ids, client_ids, strict=True)
    ]
    bulk_insert(Thread, ("id", "kind", "client_id", "last_number", "last_at", "last_message_id"), threads)
    rooms = [
        (pk, at, Room.Kind.CLIENT, "", "", False, None, None) for pk, at in zip(uuid7s(count), thread_ids, strict=True)
    ]
    names = ("id", "thread_id", "kind", "name", "pair", "former", "created_by_id", "archived_at")
    bulk_insert(Room, names, rooms)


def _by_client(rooms: QuerySet[Room]) -> dict[UUID, Thread]:
    threads = [room.thread for room in rooms.select_related("thread")]
    return {thread.client_id: thread for thread in threads if thread.client_id}


def client_rooms(client_ids: Sequence[UUID]) -> dict[UUID, Thread]:
    """The threads of the rooms of clients, by client; a client from before there were rooms gets one."""
    own = Room.objects.filter(kind=Room.Kind.CLIENT, former=False, thread__client_id__in=client_ids)
    found = _by_client(own)
    missing = [client_id for client_id in client_ids if client_id not in found]
    if not missing:
        return found
    with transaction.atomic():
        _open_missing(missing)
        rights_changed(current_account_id())
    return _by_client(own.all())


def _open_missing(client_ids: Sequence[UUID]) -> None:
    held = Client.objects.select_for_update().filter(pk__in=client_ids).order_by("pk")
    since = dict(held.values_list("pk", "created_at"))
    known = Room.objects.filter(kind=Room.Kind.CLIENT, former=False, thread__client_id__in=client_ids)
    open_client_rooms(sorted(set(since) - set(known.values_list("thread__client_id", flat=True))), since)


def open_next_rooms(after: UUID | None, most: int) -> UUID | None:
    """Rooms for some of the clients in context who have none, by key; the last of them, None when there was none."""
    rooms = Room.objects.filter(kind=Room.Kind.CLIENT, former=False, thread__client_id=OuterRef("pk"))
    found = Client.objects.filter(~Exists(rooms))
    if after:
        found = found.filter(pk__gt=after)
    missing = list(found.order_by("pk").values_list("pk", flat=True)[:most])
    if not missing:
        return None
    with transaction.atomic():
        _open_missing(missing)
    return missing[-1]
