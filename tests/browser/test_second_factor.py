"""Passkeys as sign-in and as second step, an app with codes, recovery codes, devices: P10."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import expect

from ..cast import PASSWORD
from .checks import everything
from .test_sign_in import sign_in_by_form

SECOND = "/sign-in/second/"


@pytest.fixture
def home(server):
    """The server under the name that browsers allow passkeys on."""
    return server.replace("127.0.0.1", "localhost")


def with_device(window):
    """A device that makes passkeys and whose owner always agrees, in this window."""
    session = window.context.new_cdp_session(window.page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session, made["authenticatorId"]


def sign_in_at(page, home: str, login: str) -> None:
    """Sign in by the form, under the name that passkeys work on."""
    page.goto(home + "/sign-in/")
    page.get_by_label("E-mail or username").fill(login)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def add_passkey(page, home: str) -> None:
    """Through the profile, signed in a moment ago."""
    page.goto(home + "/me/security/")
    page.get_by_role("link", name="Add").click()
    page.get_by_label("Name").fill("Work laptop")
    assert everything(page) == []
    page.get_by_role("button", name="Make a passkey").click()
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    assert everything(page) == []
    page.get_by_role("link", name="I have kept them").click()


def sign_out(page) -> None:
    """By the menu."""
    page.get_by_role("button", name="Your menu").click()
    page.get_by_role("button", name="Sign out", exact=True).first.click()
    expect(page).to_have_url(re.compile("/sign-in/"))


def test_a_passkey_signs_in_alone_and_after_the_password(windows, cast, home, pictures):
    """Made in the profile; then without any password; then as the second step."""
    window = windows()
    page = window.page
    with_device(window)
    sign_in_at(page, home, "ana@folio.example")
    add_passkey(page, home)
    expect(page.get_by_text("Work laptop")).to_be_visible()
    assert everything(page) == []
    pictures(page, "security")
    sign_out(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url(home + "/")
    sign_out(page)
    sign_in_at(page, home, "ana@folio.example")
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    assert everything(page) == []
    page.get_by_role("button", name="Use a passkey").click()
    expect(page).to_have_url(home + "/")


def test_a_passkey_leads_back_to_where_one_wanted_to_go(windows, cast, home):
    """As the form does."""
    window = windows()
    page = window.page
    with_device(window)
    sign_in_at(page, home, "ana@folio.example")
    add_passkey(page, home)
    sign_out(page)
    page.goto(home + "/people/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url(home + "/people/")


def test_a_passkey_that_was_removed_no_longer_signs_in(windows, cast, home):
    """The browser still offers it, the server does not know it."""
    window = windows()
    page = window.page
    with_device(window)
    sign_in_at(page, home, "ana@folio.example")
    add_passkey(page, home)
    page.get_by_role("button", name="Remove").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(page.get_by_text("Work laptop")).to_have_count(0)
    sign_out(page)
    with window.expecting(422):
        page.get_by_role("button", name="Sign in with a passkey").click()
        expect(page.get_by_role("alert").first).to_contain_text("not recognised")
    assert everything(page) == []


def test_whoever_says_no_stays_where_they_are(windows, cast, home):
    """A refused or missing passkey is told, and the form can be used again."""
    window = windows()
    page = window.page
    session, device = with_device(window)
    session.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    page.goto(home + "/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("No passkey was used")


def code_of(secret: str) -> str:
    """What an app with that secret shows."""
    return format_hotp_value(hotp_value(secret.replace(" ", ""), int(time.time()) // 30))


def test_an_app_is_set_up_and_asked_for_on_a_phone(windows, cast, pictures):
    """The picture is there, the key as text, codes are shown once; the next sign-in asks."""
    window = windows(phone=True)
    page = window.page
    sign_in_by_form(page, "mia@folio.example", PASSWORD)
    page.goto("/me/security/")
    page.get_by_role("link", name="Set up").click()
    assert page.evaluate("document.querySelector('.qr').naturalWidth") > 0
    assert everything(page) == [] and window.is_phone_wide()
    pictures(page, "app on a phone")
    secret = page.locator(".secret code").inner_text()
    page.get_by_label("The code that the app shows").fill(code_of(secret))
    page.get_by_role("button", name="Use this app").click()
    recovery = page.locator(".codes code").first.inner_text()
    page.get_by_role("link", name="I have kept them").click()
    assert everything(page) == [] and window.is_phone_wide()
    again = windows("again")
    sign_in_by_form(again.page, "mia@folio.example", PASSWORD)
    expect(again.page).to_have_url(SECOND)
    with again.expecting(422):
        again.page.get_by_label("Code").fill("000000")
        again.page.get_by_role("button", name="Sign in", exact=True).click()
        expect(again.page.get_by_role("alert").first).to_contain_text("not right")
    again.page.get_by_label("Code").fill(recovery)
    again.page.get_by_role("button", name="Sign in", exact=True).click()
    expect(again.page).to_have_url(re.compile("/portal/"))


def test_a_device_is_signed_out_from_another_one(windows, desk, cast):
    """P10: the other one's next click ends at sign-in."""
    other = desk("sam")
    other.page.goto("/clients/")
    here = windows("here", member=cast.sam)
    here.page.goto("/me/security/")
    # The other one's stream ends at once, and may ask again before somebody looks.
    with other.expecting(401):
        here.page.get_by_role("button", name="Sign out everywhere else").click()
        here.page.get_by_role("dialog").get_by_role("button", name="Sign out").click()
        expect(here.page.get_by_text("All your other devices are signed out.")).to_be_visible()
        other.page.goto("/people/")
        expect(other.page).to_have_url(re.compile("/sign-in/"))
