"""Rooms when clients become one, are deleted and brought back, or erased (C14, C18)."""

import pytest

from frontdesk.clients import actions as clients
from frontdesk.clients.merging.actions import merge
from frontdesk.clients.models import Client
from frontdesk.clients.personal.actions import erase
from frontdesk.core.errors import Forbidden
from frontdesk.messaging import access
from frontdesk.messaging.models import Message, Room, Thread
from frontdesk.messaging.rooms.opening import client_rooms
from frontdesk.messaging.search import search
from frontdesk.undo import actions as undo

from ..cast import client
from .rooms import direct, room_of, say


def test_both_rooms_of_merged_clients_can_be_read_and_one_goes_on(within):
    kept, gone = room_of(within.maria), room_of(within.victor)
    say(within.cora, kept, "In the one")
    say(within.vic, gone, "In the other")
    change = merge(within.sam, within.maria, within.victor)
    assert access.writable(within.cora, kept.pk)
    thread, standing = access.get_thread(within.cora, gone.pk)
    assert thread.client_id == within.maria.pk and "merged" in standing.why_not
    with pytest.raises(Forbidden):
        access.writable(within.cora, gone.pk)
    undo.undo(within.ana, change)
    assert Thread.objects.get(pk=gone.pk).client_id == within.victor.pk
    assert access.writable(within.vic, gone.pk)


def test_an_empty_room_gives_way(within):
    gone = room_of(within.victor)
    say(within.vic, gone, "Only here")
    empty = room_of(within.maria)
    change = merge(within.sam, within.maria, within.victor)
    assert client_rooms([within.maria.pk])[within.maria.pk] == gone
    assert not Thread.objects.filter(pk=empty.pk).exists()
    undo.undo(within.ana, change)
    assert client_rooms([within.maria.pk])[within.maria.pk] == empty


def test_what_was_said_comes_back_with_a_deleted_client(within):
    solo = client(within, "solo", "Solo Client")
    room = room_of(solo)
    say(within.ana, room, "Remember the piano")
    change = clients.delete_client(within.ana, solo)
    assert not Message.objects.exists()
    undo.undo(within.ana, change)
    assert Message.objects.get().body == "Remember the piano"
    clients.assign(within.sam, solo, [within.cora.pk])
    assert [message.body for message in search(within.cora, "piano").messages] == ["Remember the piano"]


def test_erasing_a_client_takes_rooms_and_direct_conversations_along(within):
    say(within.cora, room_of(within.maria), "The secret word")
    say(within.cora, direct(within.cora, within.mia), "Another secret")
    say(within.cora, direct(within.cora, within.cole), "Among colleagues")
    erase(within.ana, Client.objects.get(pk=within.maria.pk), "Maria Ionescu")
    assert [message.body for message in Message.objects.all()] == ["Among colleagues"]
    assert not Room.objects.filter(kind=Room.Kind.CLIENT, thread__client_id=within.maria.pk).exists()
    assert search(within.cora, "secret").messages == []
