"""C15: who gets which messages: the office, the client in the portal, and the link in an e-mail."""

import pytest
from playwright.sync_api import expect

from frontdesk.clients.models import Client, ContactPoint
from frontdesk.clients.subscriptions import links
from frontdesk.clients.subscriptions.rule import may_message
from frontdesk.core.tenancy.context import account_context

from .checks import everything


def allowed(cast, channel: str, purpose: str) -> bool:
    """Whether Maria gets such messages."""
    with account_context(cast.account):
        return may_message(cast.maria, channel, purpose).allowed


def path_of_link(cast) -> str:
    """Where the link of a mail with news to Maria, who agreed to it, leads."""
    with account_context(cast.account):
        ContactPoint.objects.filter(contact__client_id=cast.maria.pk).update(consent=True)
        return "/" + links.address_of(cast.maria, "email", "marketing", "maria@example.com").split("/", 3)[3]


def test_the_office_unsubscribes_and_takes_it_back(desk, cast, pictures):
    """One kind, then the way back offered on the page."""
    window = desk("sam")
    page = window.page
    page.goto(f"/clients/{cast.maria.pk}/")
    page.get_by_role("link", name="Subscriptions").click()
    page.get_by_role("button", name="Unsubscribe service messages by SMS").click()
    expect(page.get_by_role("button", name="Subscribe again service messages by SMS")).to_be_visible()
    expect(page.get_by_text("Unsubscribed: service messages by SMS")).to_be_visible()
    assert not allowed(cast, "sms", "service")
    assert everything(page) == []
    pictures(page, "subscriptions")
    page.get_by_role("button", name="Undo").click()
    page.goto(f"/clients/{cast.maria.pk}/subscriptions/")
    expect(page.get_by_role("button", name="Unsubscribe service messages by SMS")).to_be_visible()
    assert allowed(cast, "sms", "service")


def test_many_at_once_and_the_filter(desk, cast):
    """From the list: chosen, confirmed, found by the filter."""
    window = desk("sam")
    page = window.page
    page.goto("/clients/")
    page.get_by_label("Select Maria Ionescu").check()
    page.get_by_label("Select Victor Țurcanu").check()
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Unsubscribe from messages").click()
    assert everything(page) == []
    page.get_by_role("button", name="Unsubscribe from messages").click()
    expect(page.get_by_text("2 clients unsubscribed from: all messages")).to_be_visible()
    page.get_by_role("button", name="Filter").click()
    page.get_by_label("Messages").select_option("yes")
    page.get_by_role("button", name="Apply").click()
    expect(page.locator(".rows .cover")).to_have_text(["Maria Ionescu", "Victor Țurcanu"])


@pytest.mark.parametrize("phone", [False, True])
def test_a_client_chooses_in_the_portal(desk, cast, pictures, phone):
    """Switches and one button; what is saved is what is shown."""
    window = desk("mia", phone=phone, theme="dark" if phone else "light")
    page = window.page
    page.goto(f"/portal/clients/{cast.maria.pk}/")
    page.locator("section", has=page.get_by_role("heading", name="Messages you get")).get_by_role("link").click()
    page.get_by_label("By text message (SMS): Service messages").uncheck()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.get_by_label("By text message (SMS): Service messages")).not_to_be_checked()
    expect(page.get_by_label("By e-mail: Service messages")).to_be_checked()
    assert not allowed(cast, "sms", "service") and allowed(cast, "email", "service")
    assert everything(page) == [] and (not phone or window.is_phone_wide())
    pictures(page, f"messages you get {'phone' if phone else ''}")


@pytest.mark.parametrize("phone", [False, True])
def test_the_link_asks_first(windows, cast, pictures, phone):
    """Somebody who is not signed in opens it, presses, and changes their mind."""
    window = windows("nobody", phone=phone)
    page = window.page
    page.goto(path_of_link(cast))
    expect(page.get_by_role("heading", name="Unsubscribe?")).to_be_visible()
    assert allowed(cast, "email", "marketing") and everything(page) == []
    page.get_by_role("button", name="Unsubscribe", exact=True).click()
    expect(page.get_by_role("heading", name="You are unsubscribed")).to_be_visible()
    assert not allowed(cast, "email", "marketing") and everything(page) == []
    pictures(page, f"unsubscribed {'phone' if phone else ''}")
    page.get_by_role("button", name="Subscribe again").click()
    expect(page.get_by_role("heading", name="Unsubscribe?")).to_be_visible()
    assert allowed(cast, "email", "marketing")


def test_the_link_works_without_scripts(windows, cast):
    """Plain forms; a link that is not whole says what to do."""
    page = windows("nobody", scripts=False).page
    page.goto(path_of_link(cast))
    page.get_by_role("button", name="Unsubscribe from everything by e-mail").click()
    expect(page.get_by_role("heading", name="You are unsubscribed")).to_be_visible()
    assert not allowed(cast, "email", "service")
    with account_context(cast.account):
        assert not Client.objects.get(pk=cast.maria.pk).unsubscribed, "text messages are another matter"


def test_a_broken_link_is_a_kind_page(windows, cast):
    """Nothing of the business, and what to do."""
    window = windows("nobody", phone=True)
    with window.expecting(404):
        window.page.goto(path_of_link(cast)[:-9] + "/")
        expect(window.page.get_by_role("heading", name="This link does not work")).to_be_visible()
    assert everything(window.page) == [] and window.is_phone_wide()
