"""Who may open which page of the portal, and what it shows (L5, L6, L7, P1)."""

from urllib.parse import parse_qs, urlsplit

import pytest

from frontdesk.clients.models import Address, Availability, Client, ClientTag, Contact, Status, Tag
from frontdesk.core.tenancy.context import account_context

SECTIONS = ["", "details/", "availability/", "team/"]
FOR_GUESTS = ["", "team/"]


def page(client, section=""):
    """The address of a client's page."""
    return f"/portal/clients/{client.pk}/{section}"


@pytest.mark.parametrize("section", SECTIONS)
def test_a_client_opens_their_own_pages(cast, browser_of, section):
    """L6: own details, availability and team."""
    answer = browser_of(cast.mia).get(page(cast.maria, section))
    assert answer.status_code == 200
    assert "Victor" not in answer.content.decode()


@pytest.mark.parametrize("section", SECTIONS)
def test_another_client_is_as_good_as_absent(cast, browser_of, section):
    """P1, L7: the address of somebody else's record answers like one that does not exist."""
    browser = browser_of(cast.vic)
    foreign = browser.get(page(cast.maria, section))
    missing = browser.get(page(cast.other.zoe, section))
    assert foreign.status_code == missing.status_code == 404
    assert "Maria" not in foreign.content.decode()


@pytest.mark.parametrize("section", SECTIONS)
def test_a_guest_sees_the_client_and_the_team_only(cast, browser_of, section):
    """L7: a guest sees the one client they serve and only what is shared."""
    answer = browser_of(cast.greta).get(page(cast.maria, section))
    assert answer.status_code == (200 if section in FOR_GUESTS else 403)
    text = answer.content.decode()
    assert "maria@example.com" not in text and "45 112 908" not in text and "745112908" not in text
    assert browser_of(cast.greta).get(page(cast.victor, section)).status_code in (403, 404)


def test_a_guests_navigation_offers_what_they_may_open(cast, browser_of):
    """L7."""
    text = browser_of(cast.greta).get(page(cast.maria)).content.decode()
    assert page(cast.maria, "team/") in text
    assert "/details/" not in text and "/availability/" not in text


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("name", ["ana", "sam", "cora", "cole"])
def test_the_team_has_pages_of_its_own(cast, browser_of, name, section):
    """P1: the portal is for clients and guests."""
    browser = browser_of(cast.people[name])
    assert browser.get(page(cast.maria, section)).status_code == 403
    assert browser.get(f"/portal/{section}").status_code == 403


@pytest.mark.parametrize("section", SECTIONS)
def test_signed_out_visitors_sign_in_first(cast, client, section):
    """P7."""
    for address in (f"/portal/{section}", page(cast.maria, section)):
        answer = client.get(address)
        assert answer.status_code == 302
        assert parse_qs(urlsplit(answer["Location"]).query)["next"] == [address]


@pytest.mark.parametrize("section", SECTIONS)
def test_an_inactive_client_sees_nothing(cast, browser_of, section):
    """C1: inactive clients are out of their own people's sight."""
    browser = browser_of(cast.mia)
    with account_context(cast.account):
        Client.objects.filter(pk=cast.maria.pk).update(status=Status.INACTIVE)
    assert browser.get(page(cast.maria, section)).status_code == 404
    assert browser.get(f"/portal/{section}").status_code == 404


@pytest.mark.parametrize("section", SECTIONS)
def test_the_short_address_leads_to_the_only_client(cast, browser_of, section):
    """L1."""
    answer = browser_of(cast.mia).get(f"/portal/{section}")
    assert answer.status_code == 302
    assert answer["Location"] == page(cast.maria, section)


@pytest.mark.parametrize("section", SECTIONS)
def test_a_parent_chooses_among_the_children(cast, browser_of, section):
    """C13: one parent stands behind several records."""
    browser = browser_of(cast.dan)
    text = browser.get(f"/portal/{section}").content.decode()
    assert page(cast.ioana, section) in text and page(cast.radu, section) in text
    assert "Maria" not in text
    within = browser.get(page(cast.ioana, section)).content.decode()
    assert page(cast.radu, section) in within
    assert page(cast.ioana, "team/") in within


def test_an_inactive_child_leaves_the_other(cast, browser_of):
    """C1, C13."""
    with account_context(cast.account):
        Client.objects.filter(pk=cast.ioana.pk).update(status=Status.INACTIVE)
    browser = browser_of(cast.dan)
    assert browser.get("/portal/")["Location"] == page(cast.radu)
    assert browser.get(page(cast.ioana)).status_code == 404
    assert "Ioana" not in browser.get(page(cast.radu)).content.decode()


def test_a_parent_of_many_gets_pages_of_choices(cast, browser_of):
    """C13: also an institution that stands behind hundreds."""
    from tests.cast import _access, client

    with account_context(cast.account):
        for number in range(60):
            client(cast, f"child{number}", f"Child {number:02}")
            _access(cast, f"child{number}", cast.dan)
    browser = browser_of(cast.dan)
    text = browser.get("/portal/").content.decode()
    assert "Child 49" in text and "Child 50" not in text
    following = text.split("?after=")[1].split('"')[0]
    assert "Child 50" in browser.get(f"/portal/?after={following}").content.decode()
    assert browser.get("/portal/?after=broken").status_code in (400, 422)
    assert "Child 02" not in browser.get(page(cast.ioana)).content.decode()


@pytest.mark.parametrize("section", SECTIONS)
def test_nothing_of_the_offices_leaks(cast, browser_of, section):
    """C11, C18: notes, tags, reference and status stay with the team."""
    with account_context(cast.account):
        Client.objects.filter(pk=cast.maria.pk).update(reference="REF-0815")
        tag = Tag.objects.create(account=cast.account, name="Slow payer", key="slow payer")
        ClientTag.objects.create(account=cast.account, client=cast.maria, tag=tag, sort_key=cast.maria.sort_key)
    for reader in (cast.mia, cast.greta):
        text = browser_of(reader).get(page(cast.maria, section)).content.decode()
        for secret in ("Prefers calls", "REF-0815", "Slow payer", "Active", "Secret of another", "Cole", "Victor"):
            assert secret not in text, secret


def test_home_says_who_serves_with_their_contact_details(cast, browser_of):
    """L5, C9: pre-assigning shows the co-worker's contact details before any session."""
    cast.cora.phone = "+40721000111"
    cast.cora.save()
    for section in ("", "team/"):
        text = browser_of(cast.mia).get(page(cast.maria, section)).content.decode()
        assert 'href="tel:+40721000111"' in text
        assert 'href="mailto:cora@folio.example"' in text


def test_deactivated_people_do_not_serve(cast, browser_of):
    """P7."""
    cast.cora.status = "inactive"
    cast.cora.save()
    assert "cora@" not in browser_of(cast.mia).get(page(cast.maria, "team/")).content.decode()


def test_home_lists_what_is_missing_and_only_that(cast, browser_of):
    """L1: things to do."""
    home = browser_of(cast.vic).get(page(cast.victor)).content.decode()
    assert "Add a phone number" in home and "Say when you are available" in home
    assert "Add an e-mail address" not in home
    with account_context(cast.account):
        Availability.objects.create(account=cast.account, client=cast.maria, weekday=3, starts="09:00", ends="12:00")
    home = browser_of(cast.mia).get(page(cast.maria)).content.decode()
    assert "To do" not in home
    assert "09:00 – 12:00" in home and "Thursday" in home and "Monday" not in home


@pytest.mark.parametrize(("hour", "words"), [(3, "evening"), (8, "morning"), (14, "afternoon"), (21, "evening")])
def test_the_greeting_follows_the_readers_clock(cast, browser_of, hour, words, time_machine):
    """L1: Bucharest is two hours ahead of UTC in January."""
    time_machine.move_to(f"2026-01-12T{(hour - 2) % 24:02}:30:00+00:00")
    assert f"Good {words}, Mia" in browser_of(cast.mia).get(page(cast.maria)).content.decode()


def test_details_show_contacts_and_addresses(cast, browser_of):
    """C7, L6."""
    with account_context(cast.account):
        father = Contact.objects.create(account=cast.account, client=cast.maria, name="Ion Ionescu", role="Father")
        Address.objects.create(account=cast.account, client=cast.maria, street="Strada Florilor 3", city="Iași")
        Address.objects.create(account=cast.account, client=cast.maria, contact=father, city="Cluj")
    text = browser_of(cast.mia).get(page(cast.maria, "details/")).content.decode()
    for shown in ("Ion Ionescu", "Father", "Strada Florilor 3", "Iași", "Cluj", "maria@example.com", "+40 745 112 908"):
        assert shown in text, shown


@pytest.mark.parametrize("section", SECTIONS)
def test_pages_take_few_queries_whatever_the_rows(cast, browser_of, section, django_assert_max_num_queries):
    """L1: at most twelve."""
    browser = browser_of(cast.dan)
    with account_context(cast.account):
        for number in range(20):
            Contact.objects.create(account=cast.account, client=cast.ioana, name=f"Aunt {number}")
    with django_assert_max_num_queries(12):
        assert browser.get(page(cast.ioana, section)).status_code == 200
