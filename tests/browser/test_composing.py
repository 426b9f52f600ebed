"""Writing to clients without accidents: what sends, what waits, what is kept (M4, M5)."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from frontdesk.clients.models import ContactPoint
from frontdesk.core.tenancy.context import account_context

from .checks import everything


def _opened(window, client):
    window.page.goto(f"/inbox/client/{client.pk}/")
    return window.page.locator("#message-body")


def test_enter_begins_a_line_and_control_enter_sends(desk, cast, pictures):
    window = desk("cora")
    cora, field = window.page, _opened(window, cast.maria)
    expect(cora.get_by_text("Ctrl+Enter sends")).to_be_visible()
    field.press_sequentially("Good morning")
    field.press("Enter")
    field.press_sequentially("It is ready")
    expect(field).to_have_value("Good morning\nIt is ready")
    pictures(cora, "composer")
    field.press("Control+Enter")
    expect(field).to_have_value("")
    expect(cora.locator(".msg")).to_have_count(1)
    assert everything(cora) == []


def test_a_time_makes_the_button_send_later_and_what_waits_is_shown(desk, cast, pictures):
    window = desk("cora")
    cora, field = window.page, _opened(window, cast.maria)
    field.fill("See you tomorrow")
    cora.locator(".later > summary").click()
    cora.locator("#send-at").fill((timezone.now() + timedelta(hours=40)).strftime("%Y-%m-%dT%H:%M"))
    send = cora.locator("#message-send")
    expect(send).to_have_text("Send later")
    send.click()
    expect(cora.locator(".waits")).to_contain_text("See you tomorrow")
    expect(cora.locator(".msg")).to_have_count(0)
    assert everything(cora) == []
    pictures(cora, "waits")
    cora.locator(".waits a").click()
    expect(cora.get_by_label("Message", exact=True)).to_have_value("See you tomorrow")
    cora.go_back()
    cora.locator(".waits").get_by_role("button", name="Do not send").click()
    expect(cora.locator(".waits li")).to_have_count(0)
    assert "/inbox/" in cora.url


def test_the_subject_stands_beside_the_ways_that_have_one(desk, cast):
    with account_context(cast.account):
        ContactPoint.objects.filter(contact__client=cast.maria, kind="phone").update(value="+40745000001")
    window = desk("cora")
    cora, _field = window.page, _opened(window, cast.maria)
    way, subject = cora.locator("#way"), cora.locator("#subject")
    values = way.locator("option:not([disabled])").evaluate_all("all => all.map((one) => one.value)")
    for value in values:
        way.select_option(value)
        expect(subject).to_be_visible() if value.startswith("email:") else expect(subject).to_be_hidden()
    assert {value.split(":")[0] for value in values} >= {"email", "portal"}


def test_a_slash_that_was_called_off_leaves_nothing_behind(desk, cast):
    window = desk("cora")
    cora, field = window.page, _opened(window, cast.maria)
    field.press_sequentially("/")
    expect(cora.locator("#saved-replies")).to_be_visible()
    cora.keyboard.press("Escape")
    expect(field).to_have_value("")
    expect(field).to_be_focused()
    cora.wait_for_timeout(1000)
    cora.reload()
    expect(field).to_have_value("")


def test_what_was_typed_a_moment_ago_is_there_after_a_switch(desk, cast):
    window = desk("cora")
    cora, field = window.page, _opened(window, cast.maria)
    field.press_sequentially("Half a sen")
    cora.locator(".modes a", has_text="Internal note").click()
    expect(cora.locator(".composer.noting")).to_be_visible()
    expect(field).to_be_focused()
    cora.locator("h1").click()
    cora.keyboard.press("r")
    expect(cora.locator(".composer.noting")).to_have_count(0)
    expect(field).to_have_value("Half a sen")
    expect(field).to_be_focused()


def test_a_refusal_goes_when_one_writes_on(desk, cast):
    window = desk("cora")
    cora, field = window.page, _opened(window, cast.maria)
    with window.expecting(422):
        cora.locator("#message-send").click()
        expect(cora.get_by_text("Write something, or add a file.")).to_be_visible()
    field.press_sequentially("H")
    expect(cora.get_by_text("Write something, or add a file.")).to_have_count(0)


def test_an_open_conversation_follows_what_is_done_with_it(desk, cast, pictures):
    cora, ana = desk("cora"), desk("ana")
    field = _opened(cora, cast.maria)
    field.fill("We come on Thursday")
    cora.page.locator("#message-send").click()
    expect(cora.page.locator(".thread > header small")).to_have_text("Yours")
    expect(cora.page.locator(".happened").last).to_contain_text("Cora")
    ana.page.goto(cora.page.url)
    expect(ana.page.locator(".msg.colleague")).to_contain_text("Cora")
    ana.page.get_by_role("button", name="Close", exact=True).first.click()
    expect(cora.page.get_by_role("button", name="Reopen")).to_be_visible()
    expect(cora.page.locator(".happened").last).to_contain_text("closed")
    pictures(ana.page, "colleague")
    assert everything(cora.page) == [] and everything(ana.page) == []


def test_on_a_phone_the_client_is_a_button_away(desk, cast, pictures):
    window = desk("cora", phone=True)
    _opened(window, cast.maria)
    page = window.page
    page.locator("header").get_by_role("button", name="About Maria Ionescu").click()
    expect(page.locator("#about-client").get_by_role("link", name="Profile")).to_be_visible()
    pictures(page, "about-phone")
    assert everything(page) == [] and window.is_phone_wide()
    page.goto("/messages/scheduled/")
    expect(page.locator(".tabbar")).to_be_visible()
    expect(page.get_by_role("link", name="Back to the list")).to_be_visible()
    assert everything(page) == [] and window.is_phone_wide()
