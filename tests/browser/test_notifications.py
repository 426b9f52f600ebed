"""A3, A5, C17: bell, list, choices, push and the page without a connection, in a real browser."""

import json
import re

from playwright.sync_api import expect

from frontdesk.clients.actions import assignments
from frontdesk.clients.actions.availability import set_availability
from frontdesk.core.tenancy.context import account_context

from .checks import everything


def happen(cast) -> None:
    with account_context(cast.account):
        assignments.assign(cast.sam, cast.victor, [cast.cora.pk])
        set_availability(cast.mia, cast.maria, [])


def test_the_bell_tells_at_once_and_leads_to_the_thing(desk, cast, working):
    page = desk("cora").page
    page.goto("/clients/")
    expect(page.locator(".bell .hot")).to_be_hidden()
    happen(cast)
    expect(page.locator(".bell .hot")).to_have_text("2")
    page.locator(".bell").click()
    panel = page.locator("#notices-panel")
    expect(panel.locator(".unread")).to_have_count(2)
    expect(panel).to_contain_text("Sam assigned Victor Țurcanu to you")
    assert everything(page) == []
    panel.get_by_role("link", name="Mia changed the details").click()
    expect(page).to_have_url(f"/clients/{cast.maria.pk}/")
    expect(page.locator(".bell .hot")).to_have_text("1")


def test_the_list_on_a_phone_in_the_dark_follows_what_is_read_elsewhere(desk, cast, working):
    happen(cast)
    phone = desk("cora", phone=True, theme="dark").page
    phone.goto("/notifications/")
    expect(phone.locator(".notices .unread")).to_have_count(2)
    assert everything(phone) == []
    other = desk("cora").page
    other.goto("/notifications/")
    other.get_by_role("button", name="Mark all as read").click()
    expect(other.locator(".notices .unread")).to_have_count(0)
    expect(phone.locator(".notices .unread")).to_have_count(0)
    expect(phone.locator(".bell .hot")).to_be_hidden()
    phone.goto("/notifications/?unread=1")
    expect(phone.locator(".empty")).to_be_visible()
    assert everything(phone) == []


def test_choosing_by_kind_and_following(desk, cast):
    page = desk("sam").page
    page.goto("/profile/notifications/")
    assert everything(page) == []
    page.get_by_label("Clients assigned to you: E-mail").check()
    page.get_by_label("E-mails leave").select_option("Once a day")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("Clients assigned to you: E-mail")).to_be_checked()
    page.goto(f"/clients/{cast.maria.pk}/follow/")
    assert everything(page) == []
    page.get_by_label("Chat").check()
    page.get_by_role("button", name="Save").click()
    page.goto("/clients/followed/")
    expect(page.locator(".lines")).to_contain_text("Maria Ionescu")
    assert everything(page) == []
    client = desk("mia", phone=True, theme="dark").page
    client.goto("/profile/notifications/")
    assert everything(client) == []


def registration(page) -> dict:
    """The service worker's registration as the browser's own tools know it."""
    told = []
    session = page.context.new_cdp_session(page)
    session.on("ServiceWorker.workerRegistrationUpdated", lambda event: told.extend(event["registrations"]))
    session.send("ServiceWorker.enable")
    page.wait_for_timeout(500)
    return {"session": session, "id": told[-1]["registrationId"]}


def test_a_push_is_shown_once_and_closed_when_it_is_read_elsewhere(desk, cast, working):
    page = desk("cora").page
    page.context.grant_permissions(["notifications"])
    page.goto("/profile/notifications/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    known = registration(page)
    pushed = {
        "title": "New client",
        "body": "Victor",
        "href": "/clients/",
        "tag": "clients.assigned:assigned",
        "unread": 1,
    }
    origin = re.match(r"https?://[^/]+", page.url)[0]
    for _time in range(2):
        given = {"origin": origin, "registrationId": known["id"], "data": json.dumps(pushed)}
        known["session"].send("ServiceWorker.deliverPushMessage", given)
    shown = (
        "navigator.serviceWorker.ready.then((one) => one.getNotifications()).then((all) => all.map((one) => one.title))"
    )
    page.wait_for_function(f"() => {shown}.then((all) => all.length === 1)")
    assert page.evaluate(shown) == ["New client"]
    happen(cast)
    expect(page.locator(".bell .hot")).to_have_text("2")
    other = desk("cora").page
    other.goto("/notifications/")
    other.get_by_role("button", name="Mark all as read").click()
    page.wait_for_function(f"() => {shown}.then((all) => all.length === 0)")


def test_a_worker_begins_with_the_reader_not_with_the_page_for_signing_in(windows, desk, cast):
    here = "navigator.serviceWorker.getRegistrations().then((all) => all.length)"
    visitor = windows().page
    visitor.goto("/sign-in/", wait_until="networkidle")
    assert visitor.evaluate(here) == 0
    reader = desk("cora").page
    reader.goto("/clients/")
    reader.wait_for_function(f"() => {here}.then((count) => count === 1)")


def test_without_a_connection_one_page_says_so(desk, cast):
    window = desk("cora", phone=True)
    page = window.page
    page.goto("/clients/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    page.context.set_offline(True)
    page.goto("/notifications/")
    expect(page.get_by_role("heading", name="No connection")).to_be_visible()
    assert "Cora" not in page.content() and "Maria" not in page.content()
    page.context.set_offline(False)
    page.get_by_role("link", name="Try again").click()
    expect(page.get_by_role("heading", name="No connection")).to_have_count(0)
    kept = page.evaluate(
        "caches.keys().then((all) => Promise.all(all.map((one) => caches.open(one).then((it) => it.keys()))))"
        ".then((all) => all.flat().map((one) => new URL(one.url).pathname))"
    )
    assert all(path.startswith("/static/") or path == "/offline/" for path in kept)
    # Being offline is what this test wants; nothing else may have failed.
    window.faults[:] = [fault for fault in window.faults if "ERR_INTERNET_DISCONNECTED" not in fault]
