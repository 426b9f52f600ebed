"""Reading and plain forms without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from ..cast import PASSWORD


@pytest.fixture
def plain(windows, cast):
    """A window without scripts in which Ana has signed in by the form."""
    page = windows("ana", scripts=False).page
    page.goto("/sign-in/")
    page.get_by_label("E-mail or username").fill("ana@folio.example")
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url("/")
    return page


def test_reading(plain, cast):
    """Every main page shows its content."""
    for address, said in (
        ("/clients/", "Maria Ionescu"), (f"/clients/{cast.maria.pk}/", "Served by"),
        (f"/clients/{cast.maria.pk}/contacts/", "maria@example.com"), ("/people/", "Cora"), ("/me/", "Your profile"),
        ("/search/?q=victor", "Victor Țurcanu"), ("/settings/general/", "Folio Repairs"),
    ):  # fmt: skip
        plain.goto(address)
        expect(plain.get_by_text(said).first).to_be_attached()


def test_search_and_filters(plain):
    """The list's form is a form: Enter searches."""
    plain.goto("/clients/")
    plain.get_by_placeholder("Name, e-mail or phone").fill("popescu")
    plain.get_by_placeholder("Name, e-mail or phone").press("Enter")
    expect(plain.locator(".rows .cover")).to_have_text(["Ioana Popescu", "Radu Popescu"])


def test_adding_and_noting(plain):
    """A client with contact and phone, then a note."""
    plain.goto("/clients/new/")
    plain.get_by_label("Name", exact=False).first.fill("Without Scripts")
    plain.locator("[name=phones-0-value]").fill("0745 000 333")
    plain.get_by_role("button", name="Add client").click()
    expect(plain.locator("h1")).to_contain_text("Without Scripts")
    plain.get_by_label("Note").fill("Plain note")
    plain.get_by_role("button", name="Add note").click()
    expect(plain.get_by_text("Plain note")).to_be_visible()


def test_menus_and_language(plain):
    """Menus are the browser's own popovers, so they open without scripts too."""
    plain.goto("/")
    plain.get_by_role("button", name="Your menu").click()
    plain.get_by_role("button", name="Sign out").click()
    expect(plain).to_have_url(re.compile("/sign-in/"))


def test_portal(windows, cast):
    """A client adds a time to their week with plain buttons."""
    page = windows("mia", member=cast.mia, scripts=False).page
    page.goto(f"/portal/clients/{cast.maria.pk}/availability/")
    page.get_by_role("button", name=re.compile("Add a time.*Tuesday")).click()
    page.get_by_label("Tuesday: from").fill("09:00")
    page.get_by_label("Tuesday: until").fill("10:00")
    page.get_by_role("button", name="Save").last.click()
    page.goto(f"/portal/clients/{cast.maria.pk}/")
    expect(page.locator("main")).to_contain_text("09:00 – 10:00")
