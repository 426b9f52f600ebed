"""See as: the office looks at exactly what a person of a lower role sees, and changes nothing (X1)."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from frontdesk.accounts import actions
from frontdesk.accounts.models import Member
from frontdesk.accounts.preview import UNTIL_KEY
from frontdesk.activity.models import Activity
from frontdesk.clients import actions as clients
from frontdesk.clients.models import Client, Note
from frontdesk.core.errors import Forbidden
from frontdesk.core.tenancy.context import account_context

BANNER = re.compile(r'<aside class="preview".*?</aside>\n', re.S)
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|<meta name="csrf-token" content="[^"]*">')
MOMENT = re.compile(r' data-after="@\d+"')


def pages(cast) -> dict[str, list[str]]:
    one = f"/portal/clients/{cast.maria.pk}/"
    client = reverse("clients:show", args=[cast.maria.pk])
    team = [
        "/",
        "/clients/",
        "/clients/?q=maria",
        client,
        client + "contacts/",
        client + "portal/",
        client + "guests/",
        client + "seen/",
        "/search/?q=maria",
        reverse("clients:show", args=[cast.victor.pk]),
        "/people/",
        "/settings/",
    ]
    portal = [
        "/",
        "/portal/",
        one,
        one + "details/",
        one + "availability/",
        one + "team/",
        one + "guests/",
        f"/portal/clients/{cast.victor.pk}/",
        "/clients/",
    ]
    return {"sam": team, "cora": team, "cole": team, "mia": portal, "greta": portal, "dan": portal}


def shown(browser, address) -> tuple[int, str]:
    answer = browser.get(address, follow=True)
    return answer.status_code, MOMENT.sub("", TOKEN.sub("", BANNER.sub("", answer.content.decode())))


def look(browser, member):
    answer = browser.post(reverse("accounts:see_as", args=[member.pk]))
    assert answer.status_code == 302, answer.content.decode()
    return browser


@pytest.mark.parametrize("who", ["sam", "cora", "cole", "mia", "greta", "dan"])
def test_the_preview_equals_that_persons_pages(cast, browser_of, who):
    """The whole HTML is compared, the banner apart."""
    person = cast.people[who]
    own, looked = browser_of(person), look(browser_of(cast.ana), person)
    for address in pages(cast)[who]:
        assert shown(looked, address) == shown(own, address), address
    html = looked.get("/", follow=True).content.decode()
    assert f"You see this as {person.name} does. Nothing can be changed." in html


def test_the_banner_leads_back_to_ones_own_pages(cast, browser_of):
    sam = look(browser_of(cast.sam), cast.mia)
    assert sam.get("/clients/").status_code == 403
    back = sam.post(reverse("accounts:see_as_end"))
    assert back["Location"] == reverse("accounts:member", args=[cast.mia.pk])
    assert "Nothing can be changed" not in sam.get("/clients/").content.decode()


def test_it_is_recorded_who_looked_at_whom(cast, browser_of):
    look(browser_of(cast.sam), cast.mia)
    with account_context(cast.account):
        row = Activity.objects.get(verb="member.seen_as")
    assert (row.actor_id, row.subject_id, row.data) == (cast.sam.pk, cast.mia.pk, {"member": str(cast.mia.pk)})


@pytest.mark.parametrize(
    ("viewer", "person"),
    [
        ("sam", "sam"),
        ("sam", "ana"),
        ("ana", "ana"),
        ("cora", "mia"),
        ("cora", "cole"),
        ("mia", "greta"),
        ("greta", "mia"),
    ],
)
def test_nobody_looks_at_an_equal_or_higher_role_nor_without_the_right(cast, browser_of, viewer, person):
    browser = browser_of(cast.people[viewer])
    assert browser.post(reverse("accounts:see_as", args=[cast.people[person].pk])).status_code in (403, 404)
    with account_context(cast.account):
        assert not Activity.objects.filter(verb="member.seen_as").exists()


def test_people_of_another_account_are_not_there(cast, browser_of):
    assert browser_of(cast.ana).post(reverse("accounts:see_as", args=[cast.other.zed.pk])).status_code == 404


def test_nothing_can_be_written_by_any_page(cast, browser_of):
    looked, address = look(browser_of(cast.ana), cast.cora), reverse("clients:note_add", args=[cast.maria.pk])
    refused = looked.post(address, {"body": "Written through other eyes."})
    assert refused.status_code == 403 and "Nothing was changed" in refused.content.decode()
    for method in ("put", "patch", "delete"):
        assert getattr(looked, method)(address).status_code == 403
    assert looked.post(reverse("accounts:see_as", args=[cast.greta.pk])).status_code == 403
    with account_context(cast.account):
        assert not Note.objects.filter(body__contains="other eyes").exists()


def test_no_action_works_through_other_eyes_even_past_the_pages(within):
    cora = Member.objects.select_related("account").get(pk=within.cora.pk)
    cora.viewer = within.ana
    with pytest.raises(Forbidden):
        clients.add_note(cora, within.maria, "Written through other eyes.")
    assert not Note.objects.filter(body__contains="other eyes").exists()


@pytest.mark.parametrize("address", ["/me/", "/me/tokens/", "/me/password/"])
def test_a_persons_own_sign_in_stays_their_own(cast, browser_of, address):
    answer = look(browser_of(cast.ana), cast.mia).get(address)
    assert answer.status_code == 403 and "Only Mia sees this page" in answer.content.decode()


def test_it_ends_with_the_right_with_the_person_and_after_an_hour(cast, browser_of):
    browser = look(browser_of(cast.sam), cast.mia)
    Member.objects.filter(pk=cast.sam.pk).update(role="coworker")
    assert "Nothing can be changed" not in browser.get("/clients/").content.decode()
    browser = look(browser_of(cast.ana), cast.gil)
    with account_context(cast.account):
        actions.deactivate(cast.ana, cast.gil)
    assert browser.get("/people/").status_code == 200
    browser = look(browser_of(cast.ana), cast.mia)
    session = browser.session
    session[UNTIL_KEY] = (timezone.now() - timedelta(seconds=1)).timestamp()
    session.save()
    assert browser.get("/people/").status_code == 200


def test_an_invited_contact_without_sign_in_is_previewed_too(cast, browser_of):
    with account_context(cast.account):
        made = clients.create_client(cast.sam, clients_input())
        Client.objects.filter(pk=made.pk).update(email="new@example.com")
        member = clients.invite_client(cast.sam, Client.objects.get(pk=made.pk))
    html = look(browser_of(cast.sam), member).get("/", follow=True).content.decode()
    assert "You see this as New Person does" in html


def clients_input():
    """A client with an address to invite."""
    from frontdesk.clients.values import ClientInput, ContactInput, PointInput

    contact = ContactInput("New Person", emails=[PointInput("new@example.com")])
    return ClientInput(name="New Person", contact=contact)


def test_somebody_switched_off_sees_nothing_to_preview(cast, browser_of):
    answer = browser_of(cast.ana).post(reverse("accounts:see_as", args=[cast.dora.pk]), follow=True)
    assert "switched off and sees nothing" in answer.content.decode()


def test_the_banner_speaks_the_language_of_whoever_looks(cast, browser_of):
    cast.mia.user.language = "fr"
    cast.mia.user.save()
    html = look(browser_of(cast.sam), cast.mia).get(f"/portal/clients/{cast.maria.pk}/").content.decode()
    assert '<html lang="fr"' in html and 'class="preview" lang="en"' in html and "Back to your own pages" in html
