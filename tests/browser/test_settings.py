"""What an account settles for its people: rights, words, webhooks, help, and who sees whom: P12, P13, P15, A4, A8."""

import json
import re

from django.urls import reverse
from playwright.sync_api import expect

from ..webhooks.receiver import Receiver, status
from .checks import everything


def _open(page, name: str, *args) -> None:
    page.goto(reverse(name, args=args))


def test_what_is_switched_off_for_clients_is_gone_from_their_phone(desk, cast, pictures):
    client = desk("mia", phone=True)
    _open(client.page, "portal:client", cast.maria.pk)
    expect(client.page.locator(".tabbar").get_by_role("link", name="Availability")).to_be_visible()
    page = desk("ana").page
    _open(page, "client_settings:portal")
    assert everything(page) == []
    pictures(page, "portal rights")
    page.get_by_label("Their availability").uncheck()
    page.get_by_role("button", name="Save").click()
    _open(client.page, "portal:client", cast.maria.pk)
    expect(client.page.locator(".tabbar").get_by_role("link", name="Availability")).to_have_count(0)
    assert everything(client.page) == []
    with client.expecting(403):
        _open(client.page, "portal:client_availability", cast.maria.pk)
        expect(client.page.get_by_role("heading", name="You cannot open this")).to_be_visible()
    assert client.is_phone_wide()


def test_a_coworker_sees_all_only_as_long_as_allowed(desk, cast, pictures):
    cole = desk("cole", phone=True)
    with cole.expecting(404):
        _open(cole.page, "clients:show", cast.maria.pk)
        expect(cole.page.get_by_role("heading", name="Nothing here")).to_be_visible()
    page = desk("ana").page
    _open(page, "accounts:team_options")
    assert everything(page) == []
    pictures(page, "team rights")
    page.get_by_label(re.compile("See all clients")).check()
    page.get_by_role("button", name="Save").click()
    _open(cole.page, "clients:show", cast.maria.pk)
    expect(cole.page.get_by_role("heading", name="Maria Ionescu").first).to_be_visible()
    _open(page, "accounts:team_options")
    page.get_by_label(re.compile("See all clients")).uncheck()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label(re.compile("See all clients"))).not_to_be_checked()
    with cole.expecting(404):
        cole.page.reload()
        expect(cole.page.get_by_role("heading", name="Nothing here")).to_be_visible()


def test_two_coworkers_never_see_each_others_clients(desk, cast, pictures):
    cora, cole = desk("cora"), desk("cole", phone=True, theme="dark")
    _open(cora.page, "clients:list")
    expect(cora.page.locator(".rows .cover")).to_have_text(["Maria Ionescu"])
    _open(cole.page, "clients:list")
    expect(cole.page.locator(".rows .cover")).to_have_count(0)
    assert everything(cole.page) == []
    pictures(cole.page, "isolation list phone")
    cole.page.goto(reverse("search:page") + "?q=maria")
    expect(cole.page.locator("main")).not_to_contain_text("Ionescu")
    with cole.expecting(404):
        for name in ("clients:show", "clients:contacts", "clients:seen", "clients:availability"):
            _open(cole.page, name, cast.maria.pk)
            expect(cole.page.get_by_role("heading", name="Nothing here")).to_be_visible()
    assert cole.is_phone_wide()


def test_own_words_are_spoken_at_once(desk, cast, pictures):
    page = desk("ana").page
    _open(page, "accounts:words")
    assert everything(page) == []
    page.locator(".word-sets").get_by_role("link", name=re.compile("^Student")).click()
    pictures(page, "words")
    assert everything(page) == []
    page.get_by_role("button", name="Save").click()
    phone = desk("sam", phone=True)
    _open(phone.page, "clients:list")
    expect(phone.page.get_by_role("heading", name="Students").first).to_be_attached()
    assert everything(phone.page) == []
    assert phone.is_phone_wide()


def test_a_webhook_tells_a_real_receiver(desk, cast, working, settings, pictures):
    settings.WEBHOOKS_LOCAL = True
    receiver = Receiver([status(200)])
    page = desk("ana").page
    _open(page, "webhooks:new")
    page.locator("[name=url]").fill(receiver.url)
    page.locator("[name=parts][value='*']").check()
    assert everything(page) == []
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".secret code")).to_have_text(re.compile("^whsec_"))
    assert everything(page) == []
    page.get_by_role("button", name="Send a test").click()
    phone = desk("ana", phone=True, theme="dark")
    _open(phone.page, "webhooks:list")
    assert everything(phone.page) == []
    phone.page.locator(".lines .cover").first.click()
    for _try in range(30):
        if phone.page.get_by_text("200", exact=True).count() == 2:
            break
        phone.page.wait_for_timeout(200)
        phone.page.reload()
    expect(phone.page.get_by_text("200", exact=True)).to_have_count(2)
    pictures(phone.page, "webhook phone")
    assert everything(phone.page) == []
    kinds = {json.loads(one.body)["type"] for one in receiver.received}
    receiver.close()
    assert kinds == {"webhooks.endpoint.added", "webhooks.ping"}


def test_help_is_searched_read_and_judged(desk, cast, pictures):
    window = desk("cora", phone=True)
    page = window.page
    _open(page, "help:index")
    assert everything(page) == []
    page.get_by_label("Search the help").fill("note")
    page.get_by_label("Search the help").press("Enter")
    page.locator(".lines .cover").first.click()
    expect(page.get_by_text("Was this helpful?")).to_be_visible()
    assert everything(page) == []
    pictures(page, "help phone")
    page.get_by_role("button", name="No").click()
    expect(page.get_by_text("Thank you.")).to_be_visible()
    assert everything(page) == []
    assert window.is_phone_wide()
    office = desk("ana").page
    _open(office, "help:answers")
    expect(office.locator("main")).to_contain_text("Cora")
    assert everything(office) == []
