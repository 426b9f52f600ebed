"""A3, P9: what one is told by which way is chosen by oneself, by the office for others, by an admin for everybody."""

import re

import pytest
from django.urls import reverse

from frontdesk.accounts.actions.members import change_role
from frontdesk.clients.actions import assignments
from frontdesk.core.errors import Forbidden, Invalid, Missing
from frontdesk.core.tenancy.context import account_context
from frontdesk.notify import access, actions
from frontdesk.notify.actions import PreferenceInput
from frontdesk.notify.choices import matrix_of
from frontdesk.notify.models import Preference

from ..accounts.helpers import verbs
from .helpers import told, work

API = "/api/v1/me/notification-preferences"
TIMES = {"rhythm": "at_once", "digest_at": "08:00", "quiet_from": "", "quiet_until": ""}


def cells(member, key="clients.assigned") -> dict[str, bool]:
    line = next(line for line in matrix_of(member).lines if line.kind.key == key)
    return {cell.channel: cell.on for cell in line.cells}


def mute(**channels) -> PreferenceInput:
    return PreferenceInput(choices={"clients.assigned": channels})


def test_a_person_chooses_and_the_account_decides_for_the_rest(within):
    assert cells(within.cora) == {"app": True, "push": True, "mail": False}
    actions.choose_for_all(within.ana, mute(mail=True, push=False))
    assert cells(within.cora) == {"app": True, "push": False, "mail": True}
    actions.choose(within.cora, within.cora, mute(push=True, mail=False))
    assert cells(within.cora) == {"app": True, "push": True, "mail": False}
    actions.choose(within.cora, within.cora, mute(mail=None))
    assert cells(within.cora) == {"app": True, "push": True, "mail": True}
    assert verbs(within.account).count("notify.chosen") == 2 and "notify.defaults" in verbs(within.account)


def test_saving_what_holds_already_records_nothing(within):
    actions.choose(within.cora, within.cora, mute(push=False))
    before = len(verbs(within.account))
    actions.choose(within.cora, within.cora, mute(push=False))
    assert len(verbs(within.account)) == before and Preference.objects.count() == 1


def test_what_is_not_wanted_by_any_way_is_not_told(within):
    actions.choose(within.cole, within.cole, mute(app=False, push=False))
    assignments.assign(within.sam, within.victor, [within.cole.pk])
    work()
    assert told(within.cole) == []


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("choices.nothing", PreferenceInput(choices={"nothing": {"app": True}})),
        ("choices.system.job", PreferenceInput(choices={"system.job": {"app": True}})),
        ("choices.clients.assigned", PreferenceInput(choices={"clients.assigned": {"pigeon": True}})),
        ("rhythm", PreferenceInput(rhythm="yearly")),
        ("digest_at", PreferenceInput(digest_at=1440)),
        ("quiet_from", PreferenceInput(quiet_from=-1)),
        ("quiet_days", PreferenceInput(quiet_days=[7])),
    ],
)
def test_what_cannot_be_is_named_by_field(within, field, typed):
    with pytest.raises(Invalid) as refused:
        actions.choose(within.cora, within.cora, typed)
    assert list(refused.value.errors) == [field] and not Preference.objects.exists()


def test_only_the_office_chooses_for_others_and_only_admins_for_all(within):
    actions.choose(within.sam, within.cora, mute(push=False))
    assert cells(within.cora)["push"] is False and verbs(within.account)[-1] == "notify.chosen_for"
    for actor in (within.cora, within.mia, within.greta):
        with pytest.raises(Forbidden):
            actions.choose(actor, within.sam, mute(push=True))
    with pytest.raises(Forbidden):
        actions.choose_for_all(within.sam, mute(push=True))
    with pytest.raises(Missing):
        actions.choose(within.ana, within.other.oscar, mute(push=False))
    assert access.get_reader(within.sam, within.cora.pk).pk == within.cora.pk
    within.sam.scopes = frozenset({"accounts:read"})
    assert access.get_reader(within.sam, within.sam.pk).pk == within.sam.pk
    with pytest.raises(Forbidden):
        access.get_reader(within.sam, within.cora.pk)


def test_the_page_saves_what_is_ticked_and_gives_a_refused_one_back(cast, browser_of):
    cora, address = browser_of(cast.cora), reverse("notify:preferences")
    sent = {**TIMES, "clients.assigned:app": "on", "clients.assigned:mail": "on", "quiet_days": ["0", "1"]}
    assert cora.post(address, sent).status_code == 302
    with account_context(cast.account):
        assert cells(cast.cora) == {"app": True, "push": False, "mail": True}
        assert Preference.objects.get().choices["clients.assigned"] == {"push": False, "mail": True}
    refused = cora.post(address, {**sent, "rhythm": "yearly"})
    assert refused.status_code == 422
    page = cora.get(address).content.decode()
    assert 'name="clients.assigned:mail" checked' in page and 'name="system.job:app"' not in page


def test_the_pages_of_others_and_of_all(cast, browser_of):
    ana, sam = browser_of(cast.ana), browser_of(cast.sam)
    of_cora = reverse("notify:member", args=[cast.cora.pk])
    assert sam.post(of_cora, {**TIMES, "clients.assigned:app": "on"}).status_code == 302
    assert ana.post(reverse("notify:defaults"), {**TIMES, "rhythm": "daily"}).status_code == 302
    assert "How Cora is notified" in sam.get(of_cora).content.decode()
    assert "Once a day" in sam.get(reverse("notify:member_panel", args=[cast.sam.pk])).content.decode()
    foreign = reverse("notify:member", args=[cast.other.oscar.pk])
    assert ana.get(foreign).status_code == 404
    assert browser_of(cast.mia).get(reverse("notify:preferences")).status_code == 200


def test_the_api_does_all_of_it(cast, api_of):
    api = api_of(cast.cora)
    body = {
        "choices": {"clients.assigned": {"push": False, "mail": True}}, "rhythm": "daily", "quiet_from": "22:00",
        "quiet_until": "07:30", "quiet_days": [0, 4],
    }  # fmt: skip
    found = api.patch(API, body, content_type="application/json").json()
    kind = next(kind for kind in found["kinds"] if kind["kind"] == "clients.assigned")
    assert kind["mail"] and not kind["push"] and kind["chosen"] == {"push": False, "mail": True}
    assert found["quiet_until"] == "07:30" and found["digest_at"] == "08:00" and found["quiet_days"] == [0, 4]
    assert api.patch(API, {"quiet_from": "25:00"}, content_type="application/json").status_code == 422
    address = f"/api/v1/members/{cast.sam.pk}/notification-preferences"
    assert api.get(address).status_code == 403 and api_of(cast.ana).get(address).status_code == 200


def test_a_role_that_no_longer_fits_shows_other_kinds(within):
    assert "people.joined" not in {line.kind.key for line in matrix_of(within.cora).lines}
    change_role(within.ana, within.cora, "staff")
    within.cora.refresh_from_db()
    assert "people.joined" in {line.kind.key for line in matrix_of(within.cora).lines}


@pytest.mark.parametrize(("given", "missing"), [("quiet_from", "quiet_until"), ("quiet_until", "quiet_from")])
def test_half_of_the_quiet_hours_is_refused_at_the_other_half(cast, browser_of, given, missing):
    answer = browser_of(cast.cora).post(reverse("notify:preferences"), {**TIMES, given: "22:00"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "Give both times, or none." in page
    assert re.findall(r'name="(quiet_\w+)"[^>]*aria-invalid="true"', page) == [missing]
