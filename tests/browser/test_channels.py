"""M4, A7: an admin sets up text messages, tries them, and finds them in the outbox; kept ones leave afterwards."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from frontdesk.channels import actions
from frontdesk.channels.registry import Reach
from frontdesk.core.tenancy.context import account_context

from ..channels.provider import NUMBER, SID, TOKEN, Provider
from .checks import everything


@pytest.fixture
def provider(settings):
    """A provider of text messages."""
    settings.WEBHOOKS_LOCAL = True
    made = Provider()
    yield made
    made.close()


def _kept(cast):
    """A message that waits for the channel to be set up."""
    reach = Reach("+40745112908", "0745 112 908", "Maria Ionescu")
    html = "<h1>Ready</h1><p style='color: teal'>Your jacket is ready.</p>"
    letter = actions.Letter("sms", reach, "Your jacket is ready.", "test", "kept", client=cast.maria, html=html)
    with account_context(cast.account):
        return actions.queue(cast.sam, letter)


def test_from_nothing_to_a_message_that_arrived(desk, cast, provider, working, pictures):
    _kept(cast)
    window = desk("ana")
    page = window.page
    page.goto(reverse("channels:list"))
    expect(page.get_by_text("Not set up").first).to_be_visible()
    assert everything(page) == []
    page.get_by_role("link", name="SMS").click()
    expect(page.get_by_text("SMS is not set up yet")).to_be_visible()
    pictures(page, "channel without settings")
    page.get_by_label("Account SID").fill("wrong")
    with window.expecting(422):
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("It begins with AC and is followed").first).to_be_visible()
    assert everything(page) == []
    page.get_by_label("Account SID").fill(SID)
    page.get_by_label("Auth token").fill(TOKEN)
    page.get_by_role("textbox", name="Your numbers").fill(NUMBER)
    page.get_by_label("Address of the server").fill(provider.url)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Works", exact=True)).to_be_visible()
    page.get_by_label("Send a test to").fill("0745 112 900")
    page.get_by_role("button", name="Send a test").click()
    expect(page.get_by_text("The provider took the test to +40745112900")).to_be_visible()
    assert everything(page) == []
    pictures(page, "channel that works")
    page.goto(reverse("channels:outbox"))
    assert everything(page) == []
    pictures(page, "outbox")
    page.get_by_label("State").select_option("kept")
    page.get_by_role("link", name="Maria Ionescu").click()
    expect(page.frame_locator(".mail-frame").get_by_role("heading", name="Ready")).to_be_visible()
    assert everything(page) == []
    pictures(page, "outbox message")
    page.get_by_role("button", name="Send now").click()
    expect(page.get_by_text("The message is being sent.")).to_be_visible()
    expect(page.get_by_text("Sent", exact=True).first).to_be_visible(timeout=30_000)
    assert sorted(message["to"] for message in provider.messages) == ["+40745112900", "+40745112908"]


def test_on_a_phone_in_the_dark(desk, cast, pictures):
    _kept(cast)
    window = desk("sam", phone=True, theme="dark")
    for name, args in (("outbox", []), ("list", []), ("channel", ["sms"])):
        window.page.goto(reverse(f"channels:{name}", args=args))
        assert everything(window.page) == [] and window.is_phone_wide()
        pictures(window.page, f"channels {name} phone")
    expect(window.page.get_by_text("Only admins change these settings.")).to_be_visible()


def test_without_scripts(windows, cast):
    kept = _kept(cast)
    window = windows("ana", member=cast.ana, scripts=False)
    window.page.goto(reverse("channels:outbox"))
    window.page.get_by_label("State").select_option("kept")
    window.page.get_by_role("button", name="Show").click()
    window.page.get_by_role("link", name="Maria Ionescu").click()
    window.page.get_by_role("button", name="Cancel the message").click()
    expect(window.page.get_by_text("The message was cancelled.")).to_be_visible()
    assert str(kept.pk) in window.page.url
