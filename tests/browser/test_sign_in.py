"""Signing in and out, passwords, several accounts: P5, P6, P7, P10."""

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from frontdesk.accounts import actions
from frontdesk.accounts.models import Member
from frontdesk.core.jobs.worker import run_due
from frontdesk.core.tenancy.context import account_context

from ..cast import PASSWORD
from .checks import everything

LINK = re.compile(r"http://127\.0\.0\.1:\d+/[^\s\"<>]+")


def sign_in_by_form(page, login: str, password: str) -> None:
    """Fill the sign-in page."""
    page.goto("/sign-in/")
    page.get_by_label("E-mail or username").fill(login)
    page.locator("[name=password]").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def mailed_link() -> str:
    """The link of the newest mail, once the waiting jobs have run."""
    run_due()
    return LINK.search(mail.outbox[-1].body)[0]


def test_sign_in_and_out(windows, cast):
    """Back to the page that was asked for; after signing out nothing is left, not even by Back."""
    page = windows().page
    page.goto(f"/clients/{cast.maria.pk}/")
    expect(page).to_have_url(re.compile("/sign-in/"))
    page.get_by_label("E-mail or username").fill("ana@folio.example")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    expect(page.get_by_role("heading", name="Maria Ionescu")).to_be_visible()
    page.get_by_role("button", name="Your menu").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(re.compile("/sign-in/"))
    page.go_back()
    expect(page).to_have_url(re.compile("/sign-in/"))


def test_wrong_password_says_so(windows, cast):
    """The same words for a wrong password and an unknown login, and the login stays filled in."""
    window = windows()
    said = []
    for login in ("ana@folio.example", "nobody@folio.example"):
        with window.expecting(422):
            sign_in_by_form(window.page, login, "wrong")
            said.append(window.page.get_by_role("alert").inner_text())
    assert said[0] == said[1] != ""
    expect(window.page.get_by_label("E-mail or username")).to_have_value("nobody@folio.example")
    assert everything(window.page) == []


def test_the_password_can_be_shown(windows, cast):
    """The eye shows and hides what is typed."""
    page = windows().page
    page.goto("/sign-in/")
    page.locator("[name=password]").fill("abc")
    page.get_by_role("button", name="Show the password").click()
    expect(page.locator("[name=password]")).to_have_attribute("type", "text")
    page.locator("[data-reveal]").click()
    expect(page.locator("[name=password]")).to_have_attribute("type", "password")


def test_reset_from_the_mail(windows, cast):
    """P6: a forgotten password is replaced by the link that came by mail, which works once."""
    window = windows(phone=True)
    page = window.page
    page.goto("/sign-in/")
    page.get_by_role("link", name="Forgot your password?").click()
    page.get_by_label("E-mail").fill("cora@folio.example")
    page.get_by_role("button", name="Send the link").click()
    expect(page.get_by_role("heading", name="Look into your mail")).to_be_visible()
    assert everything(page) == []
    link = mailed_link()
    page.goto(link)
    page.locator("[name=password]").fill("another good phrase")
    assert everything(page) == []
    page.get_by_role("button", name="Save the password").click()
    sign_in_by_form(page, "cora@folio.example", "another good phrase")
    expect(page).to_have_url("/")
    again = windows("second visitor")
    again.page.goto(link)
    expect(again.page.get_by_role("heading", name="This link no longer works")).to_be_visible()


def test_temporary_password_must_be_changed(windows, cast):
    """P6: with the password from the office one gets no further than choosing one's own."""
    with account_context(cast.account):
        temporary = actions.reset_password(cast.ana, cast.cora)
    page = windows().page
    sign_in_by_form(page, "cora@folio.example", temporary)
    expect(page.get_by_role("heading", name="Choose your own password")).to_be_visible()
    page.goto("/clients/")
    expect(page.get_by_role("heading", name="Choose your own password")).to_be_visible()
    assert everything(page) == []
    page.locator("[name=password]").fill("my very own phrase")
    page.get_by_role("button", name="Save the password").click()
    expect(page).to_have_url("/")
    sign_in_by_form(windows("again").page, "cora@folio.example", "my very own phrase")


@pytest.mark.parametrize("how", ["deactivated", "signed out elsewhere by a new password"])
def test_switching_off_reaches_the_open_page(desk, cast, how):
    """P7: the next click of somebody who was switched off ends at sign-in; the page's stream may hear of it before."""
    window = desk("cora")
    page = window.page
    page.goto("/clients/")
    with window.expecting(401):
        with account_context(cast.account):
            end = actions.deactivate if how == "deactivated" else actions.reset_password
            end(cast.ana, cast.cora)
        page.get_by_role("link", name="Maria Ionescu").click()
        expect(page).to_have_url(re.compile("/sign-in/"))
    expect(page.get_by_text("Maria Ionescu")).to_have_count(0)


def test_account_switcher(desk, cast):
    """P1: somebody with two accounts goes from one to the other, each with its own clients."""
    with account_context(cast.other.account):
        Member.objects.create(account=cast.other.account, user=cast.ana.user, role="staff", name="Ana", sort_name="ana")
    page = desk("ana").page
    page.goto("/clients/")
    page.get_by_role("button", name="Switch account").click()
    assert everything(page) == []
    page.get_by_role("button", name="Other Studio").click()
    expect(page).to_have_url("/")
    page.goto("/clients/")
    expect(page.get_by_role("link", name="Zoé Martin")).to_be_visible()
    expect(page.get_by_text("Maria Ionescu")).to_have_count(0)
