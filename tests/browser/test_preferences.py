"""Language and look follow the person: P10, A6."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from frontdesk.accounts.models import User

BACKGROUND = "getComputedStyle(document.querySelector('main')).backgroundColor"


def test_theme_is_kept(desk, cast, windows):
    """The choice shows at once and on every other device."""
    page = desk("ana").page
    page.goto("/")
    light = page.evaluate(BACKGROUND)
    page.get_by_role("button", name="Your menu").click()
    page.locator("#user-menu").get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.goto("/clients/")
    assert page.evaluate(BACKGROUND) != light
    other = desk("ana", phone=True).page
    other.goto("/")
    expect(other.locator("html")).to_have_attribute("data-theme", "dark")


@pytest.mark.parametrize("phone", [False, True])
def test_language_is_kept(desk, cast, phone):
    """The same page in the chosen language, in the next session too."""
    page = desk("ana", phone=phone).page
    page.goto("/clients/?sort=newest")
    for code, own in [one for one in settings.LANGUAGES if one[0] != "en"]:
        menu = "#more-menu" if phone else "#user-menu"
        page.locator(f"[popovertarget={menu[1:]}]").click()
        page.locator(menu).get_by_role("button", name=own).click()
        expect(page.locator("html")).to_have_attribute("lang", code)
        expect(page).to_have_url("/clients/?sort=newest")
        assert User.objects.get(pk=cast.ana.user_id).language == code
    last = settings.LANGUAGES[-1][0]
    User.objects.filter(pk=cast.ana.user_id).update(language=last)
    again = desk("ana").page
    again.goto("/")
    expect(again.locator("html")).to_have_attribute("lang", last)


def test_visitors_language(windows, cast):
    """Signed out, the browser's language speaks until another is chosen."""
    page = windows(locale="ro-RO").page
    page.goto("/sign-in/")
    known = [code for code, _own in settings.LANGUAGES]
    expect(page.locator("html")).to_have_attribute("lang", "ro" if "ro" in known else "en")
    for code in known:
        page.locator(f"footer button[value={code}]").click() if len(known) > 1 else None
        expect(page.locator("html")).to_have_attribute("lang", code)
