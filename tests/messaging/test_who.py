"""Who sees and writes in which room: by role and assignment, at once and both ways (M1, M2, M3)."""

import pytest
from django.urls import reverse

from frontdesk.activity.models import Activity
from frontdesk.clients import actions as clients
from frontdesk.core.errors import Forbidden, Missing
from frontdesk.core.tenancy.context import account_context
from frontdesk.live.access import followed
from frontdesk.messaging import access, actions, queries
from frontdesk.messaging.rooms import belonging

from .rooms import direct, room_of, say

TEAM = ("ana", "sam", "cora", "cole")
PORTAL = ("mia", "vic", "dan", "greta", "gil")


def sees(actor, thread) -> bool:
    """Whether the actor takes part in a thread."""
    try:
        return not access.get_thread(actor, thread.pk)[1].oversees
    except Missing:
        return False


def test_the_company_room_is_the_teams(within):
    company = actions.company_room(within.ana).thread
    assert [name for name in (*TEAM, *PORTAL) if sees(getattr(within, name), company)] == list(TEAM)


def test_a_clients_room_is_of_its_people_those_who_serve_it_and_admins(within):
    room = room_of(within.maria)
    assert [name for name in (*TEAM, *PORTAL) if sees(getattr(within, name), room)] == ["ana", "cora", "mia", "greta"]


def test_assignment_opens_and_closes_the_room_at_once(within):
    room = room_of(within.maria)
    clients.assign(within.sam, within.maria, [within.cole.pk])
    assert sees(within.cole, room)
    clients.unassign(within.sam, within.maria, within.cole.pk)
    assert not sees(within.cole, room)


def test_an_inactive_client_is_out_of_its_own_peoples_sight(within):
    room = room_of(within.maria)
    clients.set_status(within.sam, within.maria, "inactive")
    assert not sees(within.mia, room) and sees(within.cora, room)


def test_messages_can_be_withheld_from_a_client(within):
    room = room_of(within.maria)
    clients.set_client_options(within.ana, within.maria, {"messages": False})
    assert not sees(within.mia, room) and not sees(within.greta, room) and sees(within.cora, room)


@pytest.mark.parametrize(
    ("one", "other", "allowed"),
    [
        ("cora", "cole", True), ("cora", "ana", True), ("mia", "cora", True), ("mia", "ana", True),
        ("cora", "mia", True), ("mia", "cole", False), ("cole", "mia", False), ("mia", "sam", False),
        ("mia", "vic", False), ("greta", "cora", False), ("cora", "greta", False), ("greta", "mia", False),
        ("ana", "dora", False),
    ],
)  # fmt: skip
def test_who_may_talk_to_whom(within, one, other, allowed):
    one, other = getattr(within, one), getattr(within, other)
    assert belonging.may_talk(one, other) is allowed
    assert (other in queries.addressees(one)) is allowed
    if not allowed:
        with pytest.raises(Missing):
            actions.open_direct(one, other.pk)


def test_a_direct_conversation_is_the_same_from_both_sides(within):
    assert direct(within.cora, within.cole) == direct(within.cole, within.cora)


def test_once_somebody_serves_a_client_no_more_they_lose_the_conversation_and_the_client_may_only_read(within):
    thread = direct(within.cora, within.mia)
    say(within.cora, thread, "See you on Monday.")
    clients.unassign(within.sam, within.maria, within.cora.pk)
    assert not sees(within.cora, thread)
    assert thread not in access.threads_of(within.cora)
    assert access.get_thread(within.mia, thread.pk)[1].why_not
    with pytest.raises(Forbidden):
        access.writable(within.mia, thread.pk)


def test_an_admin_reads_every_room_and_writes_only_where_they_belong(within):
    thread = direct(within.cora, within.cole)
    _thread, standing = access.get_thread(within.ana, thread.pk)
    assert standing.oversees
    with pytest.raises(Forbidden):
        access.writable(within.ana, thread.pk)
    with pytest.raises(Missing):
        access.get_thread(within.sam, thread.pk)


def test_a_look_is_in_the_audit_log_and_shown_in_the_room(within, browser_of):
    thread = direct(within.cora, within.cole)
    say(within.cora, thread, "Between us.")
    ana = browser_of(within.ana)
    page = ana.get(f"/messages/{thread.pk}/").content.decode()
    assert "Between us." in page and 'id="composer"' not in page
    assert Activity.objects.filter(verb="room.overseen", subject_id=thread.pk, actor_id=within.ana.pk).count() == 1
    cora = browser_of(within.cora)
    assert "Ana looked in" in cora.get(f"/messages/{thread.pk}/").content.decode()


def looks(thread, actor) -> int:
    """How many looks into a room are recorded."""
    return Activity.objects.filter(verb="room.overseen", subject_id=thread.pk, actor_id=actor.pk).count()


def test_every_way_to_read_is_a_look_and_reading_on_is_the_same_one(within, browser_of, api_of):
    thread = direct(within.cora, within.cole)
    said = say(within.cora, thread, "Between us.")
    ana, program = browser_of(within.ana), api_of(within.ana)
    assert "Between us." in ana.get(f"/messages/{thread.pk}/lines/").content.decode() and looks(thread, within.ana) == 1
    ana.get(f"/messages/{thread.pk}/lines/?after=0")
    assert looks(thread, within.ana) == 1
    for number, read in enumerate([
        lambda: ana.get(reverse("messaging:message", args=[said.pk])),
        lambda: program.get(f"/api/v1/rooms/{thread.pk}/messages"),
        lambda: program.get(f"/api/v1/messages/{said.pk}"),
    ], 2):  # fmt: skip
        assert read().status_code == 200 and looks(thread, within.ana) == number


def test_the_list_of_all_rooms_says_nothing_of_what_others_said(within, browser_of, api_of):
    thread = direct(within.cora, within.cole)
    say(within.cora, thread, "Between us.")
    say(within.cora, room_of(within.maria), "For Maria.")
    rows = {row.thread.pk: row.preview for row in queries.rooms(within.ana, everything=True).rows}
    assert rows == {thread.pk: "", room_of(within.maria).pk: "For Maria."}
    assert "Between us." not in api_of(within.ana).get("/api/v1/rooms?all=true").content.decode()
    assert not looks(thread, within.ana)


def test_a_room_that_an_admin_oversees_is_not_followed_live(within):
    thread = direct(within.cora, within.cole)
    assert followed(within.cora, f"thread:{thread.pk}")
    with pytest.raises(Missing):
        followed(within.ana, f"thread:{thread.pk}")


def test_who_became_a_guest_keeps_no_conversation_of_two(within):
    thread = direct(within.cora, within.mia)
    assert sees(within.mia, thread)
    within.mia.role = "guest"
    assert not sees(within.mia, thread) and sees(within.mia, room_of(within.maria))


def test_people_of_another_account_find_nothing(within, cast):
    thread = direct(within.cora, within.cole)
    with account_context(cast.other.account), pytest.raises(Missing):
        access.get_thread(cast.other.olga, thread.pk)


def test_a_room_of_colleagues_is_of_those_in_it(within):
    room = actions.create_group(within.cora, "Night shift", [within.sam.pk])
    assert [name for name in TEAM if sees(getattr(within, name), room.thread)] == ["sam", "cora"]
    actions.add_people(within.sam, room, [within.cole.pk])
    assert sees(within.cole, room.thread)
    actions.remove_person(within.cora, room, within.sam.pk)
    assert not sees(within.sam, room.thread)


def test_the_tab_of_a_clients_room_is_there_for_those_who_get_in(within, browser_of):
    address = reverse("messaging:client_room", args=[within.maria.pk])
    page = reverse("clients:show", args=[within.maria.pk])
    shown = {
        who.name: address.encode() in browser_of(who).get(page).content for who in (within.ana, within.sam, within.cora)
    }
    assert shown == {"Ana": True, "Sam": False, "Cora": True}
