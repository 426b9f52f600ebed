"""An empty installation becomes a business: P1, P3, A6."""

import pytest
from playwright.sync_api import expect

from frontdesk.accounts.models import Account, User
from frontdesk.inquiries.demo_words import WORDS

from .checks import everything


@pytest.mark.parametrize("phone", [False, True])
def test_set_up_leads_home(windows, phone):
    """The first visitor names the business and is its admin; nobody can set up twice."""
    window = windows(phone=phone)
    page = window.page
    page.goto("/")
    expect(page).to_have_url("/setup/")
    assert everything(page) == []
    page.get_by_label("Name of the business").fill("Atelier Lumière")
    page.get_by_label("Your name").fill("Zoé Martin")
    page.get_by_label("Your e-mail").fill("zoe@example.com")
    page.get_by_label("Password", exact=False).first.fill("une phrase assez longue")
    page.get_by_label("Country").select_option("FR")
    page.get_by_role("button", name="Create the business").click()
    expect(page).to_have_url("/")
    expect(page.get_by_text("Zoé", exact=False).first).to_be_attached()
    assert everything(page) == []
    assert Account.objects.get().country == "FR"
    with window.expecting(404):
        page.goto("/setup/")
        expect(page.get_by_role("heading", name="Nothing here")).to_be_visible()


def test_set_up_says_what_is_wrong(windows):
    """A password that is too short and an address that is none are named at their fields."""
    window = windows()
    page = window.page
    page.goto("/setup/")
    page.get_by_label("Name of the business").fill("Atelier")
    page.get_by_label("Your name").fill("Zoé")
    page.get_by_label("Your e-mail").fill("zoe@example")
    page.locator("[name=password]").fill("short")
    for field, correction in (("email", "zoe@example.com"), ("password", "a phrase that is long enough")):
        page.locator("[name=password]").fill("short")
        with window.expecting(422):
            page.get_by_role("button", name="Create the business").click()
            expect(page.locator(f"[name={field}]")).to_have_attribute("aria-invalid", "true")
        assert everything(page) == []
        page.locator(f"[name={field}]").fill(correction)
    assert not User.objects.exists()


def test_demo_business_in_the_visitors_language(windows, monkeypatch):
    """One button fills a lively business and shows who signs in to it."""
    monkeypatch.setattr("frontdesk.accounts.views.setup.DEMO_CLIENTS", 12)
    page = windows(locale="fr-FR").page
    page.goto("/setup/")
    page.locator("form[action$='/setup/demo/'] button").click()
    expect(page).to_have_url("/setup/ready/")
    assert everything(page) == []
    page.get_by_role("link").filter(has_text="").last.click()
    page.goto("/")
    assert everything(page) == []
    page.goto("/clients/")
    expect(page.locator(".rows > li")).to_have_count(12 + len(WORDS["fr"].people))
