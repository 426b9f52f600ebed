"""Why can she see this? Explanations agree with what access answers, now and for any moment before (X2)."""

import contextlib
import uuid
from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frontdesk.accounts import actions as accounts
from frontdesk.accounts.models import Member
from frontdesk.accounts.seen import who_sees_member
from frontdesk.clients import access, actions, seen
from frontdesk.clients.bulk import actions as bulk
from frontdesk.clients.bulk.selection import Selection
from frontdesk.clients.models import Assignment, Client, ClientAccess
from frontdesk.core.errors import Forbidden, Invalid, Missing
from frontdesk.core.tenancy.context import account_context
from frontdesk.undo.actions import undo


def everybody(cast):
    return list(Member.objects.filter(account=cast.account).select_related("account", "user").order_by("name"))


def answered(cast) -> set[tuple]:
    """(member, client) pairs that access lets through for people who can sign in."""
    return {
        (member.name, client.name)
        for member in everybody(cast)
        if member.status == "active"
        for client in access.clients_for(member)
    }


def explained(cast, at=None) -> set[tuple]:
    """The same pairs by the explanations of each client."""
    ana = Member.objects.select_related("account").get(pk=cast.ana.pk)
    return {
        (sight.member.name, client.name)
        for client in Client.objects.all()
        for sight in seen.who_sees_client(ana, client, at)
        if sight.sees
    }


def explained_by_person(cast, at=None) -> set[tuple]:
    """The same pairs by the explanations of each person."""
    ana, pairs = Member.objects.select_related("account").get(pk=cast.ana.pk), set()
    for member in everybody(cast):
        view = seen.what_they_see(ana, member, at)
        if view is None or view.hindrance:
            continue
        pairs |= {(member.name, one.client.name) for one in view.clients if not one.hindrance}
        if view.everything:
            pairs |= {(member.name, client.name) for client in Client.objects.all()}
    return pairs


def test_for_the_whole_cast_the_explanation_is_what_access_answers(within):
    assert explained(within) == explained_by_person(within) == answered(within)


CLIENTS, TEAM = ("maria", "victor", "ioana"), ("sam", "cora", "cole")
ROLES = ["sam staff", "sam coworker", "cole staff", "cole coworker"]
STEPS = st.one_of(
    st.tuples(st.sampled_from(["assign", "unassign"]), st.sampled_from(CLIENTS), st.sampled_from(TEAM)),
    st.tuples(st.sampled_from(["share", "close"]), st.sampled_from(CLIENTS), st.sampled_from(["mia", "vic", "dan"])),
    st.tuples(st.just("uninvite"), st.sampled_from(CLIENTS), st.sampled_from(["greta", "gil"])),
    st.tuples(st.just("status"), st.sampled_from(CLIENTS), st.sampled_from(["active", "inactive"])),
    st.tuples(
        st.just("role"), st.just(""), st.sampled_from(["sam staff", "sam coworker", "cole staff", "cole coworker"])
    ),
    st.tuples(st.sampled_from(["on", "off"]), st.just(""), st.sampled_from(["sam", "cole", "mia", "gil", "dora"])),
    st.tuples(st.just("all"), st.just(""), st.sampled_from(["yes", "no"])),
    st.tuples(st.just("own"), st.sampled_from(["cora", "cole", "sam"]), st.sampled_from(["yes", "no", ""])),
)
CHOICE = {"yes": True, "no": False, "": None}


def step(cast, verb: str, one: str, other: str) -> None:
    ana = Member.objects.select_related("account").get(pk=cast.ana.pk)
    client = Client.objects.get(pk=cast.clients[one].pk) if one in cast.clients else None
    known = cast.people.get(other) or cast.people.get(other.partition(" ")[0]) or cast.people.get(one)
    person = known and Member.objects.select_related("account", "user").get(pk=known.pk)
    verbs = {
        "assign": lambda: actions.assign(ana, client, [person.pk]),
        "unassign": lambda: actions.unassign(ana, client, person.pk),
        "share": lambda: actions.share_access(ana, client, person.email),
        "close": lambda: actions.close_access(ana, client, person.pk),
        "uninvite": lambda: actions.remove_guest(ana, client, person.pk),
        "status": lambda: actions.set_status(ana, client, other),
        "role": lambda: accounts.change_role(ana, person, other.partition(" ")[2]),
        "on": lambda: accounts.activate(ana, person),
        "off": lambda: accounts.deactivate(ana, person),
        "all": lambda: accounts.set_team_options(ana, {"see_all_clients": CHOICE[other]}),
        "own": lambda: accounts.set_member_options(ana, person, {"see_all_clients": CHOICE[other]}),
    }
    with contextlib.suppress(Invalid, Missing, Forbidden):
        verbs[verb]()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=st.lists(STEPS, min_size=1, max_size=10))
def test_after_random_grants_and_revokes_it_still_is_now_and_for_every_moment_between(within, steps):
    with transaction.atomic():
        point = transaction.savepoint()
        moments = []
        for one in steps:
            step(within, *one)
            moments.append((timezone.now(), answered(within)))
        assert explained(within) == explained_by_person(within) == answered(within)
        for at, truth in moments:
            assert explained(within, at) == truth
            assert explained_by_person(within, at) == truth
        transaction.savepoint_rollback(point)


def test_what_is_done_to_many_and_undone_is_explained_for_every_moment(within):
    """The dates stay true where an undo gives assignments back or takes them."""
    moments = [(timezone.now(), answered(within))]
    for verb in ("assign", "unassign"):
        data = {"members": [within.cole.pk if verb == "assign" else within.cora.pk]}
        selection = Selection([within.maria.pk, within.ioana.pk])
        change = bulk.start(within.sam, verb, selection, data)
        moments.append((timezone.now(), answered(within)))
        undo(within.sam, change)
        moments.append((timezone.now(), answered(within)))
    assert moments[1][1] != moments[0][1] and moments[3][1] != moments[4][1]
    for at, truth in moments:
        assert explained(within, at) == truth


def test_the_words_name_the_grant_who_gave_it_and_until_when(within):
    actions.assign(within.sam, within.victor, [within.cole.pk])
    between = timezone.now()
    actions.unassign(within.ana, within.victor, within.cole.pk)
    assert "Cole" not in {sight.member.name for sight in seen.who_sees_client(within.ana, within.victor)}
    then = {sight.member.name: sight for sight in seen.who_sees_client(within.ana, within.victor, between)}
    words = then["Cole"].reasons[0].words
    assert words.startswith("Assigned by Sam on ") and "It ended on" in words
    assert then["Ana"].reasons[0].words == "As an admin they see everything."
    assert then["Sam"].reasons[0].words == "As staff they see all clients."
    assert then["Gil"].reasons[0].by == "guest" and then["Vic"].reasons[0].by == "access"


def test_what_keeps_somebody_from_seeing_is_said(within):
    actions.set_status(within.sam, within.maria, "inactive")
    mia = {s.member.name: s for s in seen.who_sees_client(within.ana, within.maria)}["Mia"]
    assert not mia.sees and "inactive" in mia.hindrance


def test_before_it_was_there_nobody_saw_it(within):
    early = timezone.now() - timedelta(days=2)
    assert seen.who_sees_client(within.ana, within.maria, early) == []
    assert seen.what_they_see(within.ana, within.cora, early) is None


def test_who_sees_a_person_is_what_access_answers(within):
    from frontdesk.accounts.access import members_for

    for subject in everybody(within):
        told = {s.member.pk for s in who_sees_member(within.ana, subject) if s.sees}
        active = [member for member in everybody(within) if member.status == "active"]
        assert told == {member.pk for member in active if members_for(member).filter(pk=subject.pk).exists()}


def test_the_pages_explain_for_now_and_a_day(cast, browser_of):
    sam, address = browser_of(cast.sam), reverse("clients:seen", args=[cast.maria.pk])
    html = sam.get(address).content.decode()
    assert "As an admin they see everything." in html and "Guest since" in html
    assert (
        reverse("clients:seen", args=[cast.maria.pk])
        in sam.get(reverse("clients:show", args=[cast.maria.pk])).content.decode()
    )
    assert "was not there yet" in sam.get(address + "?on=2020-02-29").content.decode()
    for nonsense in ("2020-02-30", "x", "9999-12-31"):
        assert "As an admin they see everything." in sam.get(address + "?on=" + nonsense).content.decode()
    panel = reverse("clients:member_sees", args=[cast.cora.pk])
    assert "Assigned on" in sam.get(panel).content.decode()
    assert "<html" not in sam.get(panel, headers={"HX-Request": "true"}).content.decode()
    assert "It is their own record." in sam.get(reverse("accounts:member_seen", args=[cast.cora.pk])).content.decode()
    assert browser_of(cast.cole).get(address).status_code == 404


def test_the_api_explains(cast, api_of):
    api, address = api_of(cast.sam), f"/api/v1/clients/{cast.maria.pk}/seen-by"
    rows = {row["name"]: row for row in api.get(address).json()["data"]}
    assert rows["Cora"]["reasons"][0]["by"] == "assignment" and rows["Cora"]["sees"]
    assert api.get(address, {"at": "2020-01-01T00:00:00Z"}).json() == {"data": []}
    assert api.get(address, {"at": "2020-01-01T00:00:00"}).status_code == 422
    sees = api.get(f"/api/v1/members/{cast.dan.pk}/sees").json()
    assert [one["name"] for one in sees["clients"]] == ["Ioana Popescu", "Radu Popescu"] and not sees["everything"]
    assert api.get(f"/api/v1/members/{cast.dan.pk}/sees", {"at": "2020-01-01T00:00:00Z"}).status_code == 404
    assert api_of(cast.cora).get(f"/api/v1/members/{cast.dan.pk}/sees").status_code == 403
    assert [r["name"] for r in api.get(f"/api/v1/members/{cast.dan.pk}/seen-by").json()["data"]] == [
        "Ana",
        "Dan",
        "Sam",
    ]


@pytest.mark.parametrize("at", [None, timedelta(0)])
def test_it_takes_the_same_number_of_statements_however_many_people(within, django_assert_max_num_queries, at):
    for number in range(20):
        made = Member.objects.create(account=within.account, role="coworker", name=f"N{number}", sort_name="n")
        Assignment.objects.create(account=within.account, client=within.maria, member=made)
        other = Member.objects.create(account=within.account, role="client", name=f"P{number}", sort_name="p")
        ClientAccess.objects.create(account=within.account, client=within.maria, member=other, granted_by=within.sam)
    with django_assert_max_num_queries(7):
        seen.who_sees_client(within.ana, within.maria, None if at is None else timezone.now())


def test_an_outsider_is_told_nothing(cast, api_of):
    with account_context(cast.account):
        assert Client.objects.filter(pk=cast.maria.pk).exists()
    for one in (cast.maria.pk, uuid.uuid4()):
        assert api_of(cast.other.olga).get(f"/api/v1/clients/{one}/seen-by").status_code == 404
