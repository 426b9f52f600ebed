"""Menus, dialogs and messages are as usable as pages, on both widths and in the dark."""

import pytest
from playwright.sync_api import expect

from .checks import axe, everything
from .scene import furnish

PLACES = {
    "/": ["user-menu", "more-menu"],
    "/clients/": ["export-menu", "filter-panel", "more-menu"],
    "client": ["client-menu"],
}


@pytest.mark.parametrize("phone", [False, True])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_menu(cast, desk, pictures, phone, theme):
    """Opened by its button, closed by Escape, the focus back on the button."""
    furnish(cast)
    page = desk("ana", phone=phone, theme=theme).page
    for place, menus in PLACES.items():
        page.goto(f"/clients/{cast.maria.pk}/" if place == "client" else place)
        for menu in menus:
            opener = page.locator(f"[popovertarget={menu}]")
            if not opener.is_visible():
                continue
            opener.click()
            expect(page.locator(f"#{menu}")).to_be_visible()
            assert everything(page) == []
            pictures(page, f"menu {menu} {theme} {'phone' if phone else 'desktop'}")
            page.keyboard.press("Escape")
            expect(page.locator(f"#{menu}")).to_be_hidden()
            expect(opener).to_be_focused()


@pytest.mark.parametrize("phone", [False, True])
def test_dialogs(cast, desk, pictures, phone):
    """The tags' dialog and the question before removing keep the focus inside and close by Escape."""
    page = desk("ana", phone=phone, theme="dark").page
    page.goto(f"/clients/{cast.maria.pk}/")
    page.get_by_role("button", name="Edit tags").click()
    dialog = page.get_by_role("dialog", name="Tags")
    expect(dialog).to_be_visible()
    assert everything(page) == []
    pictures(page, f"dialog tags {phone}")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.goto(f"/people/{cast.cora.pk}/")
    page.get_by_role("button", name="Switch off").click()
    expect(page.get_by_role("dialog", name="Are you sure?")).to_be_visible()
    assert everything(page) == []
    pictures(page, f"dialog confirm {phone}")


@pytest.mark.parametrize("phone", [False, True])
def test_messages(cast, desk, pictures, phone):
    """What was done is said in a message that can be put away and covers nothing that is needed."""
    page = desk("ana", phone=phone).page
    page.goto("/me/")
    page.get_by_role("button", name="Save", exact=True).click()
    toast = page.locator("[data-toast]")
    expect(toast).to_have_text("Saved.")
    assert axe(page) == []
    pictures(page, f"toast {phone}")
    toast.get_by_role("button", name="Dismiss").click()
    expect(toast).to_have_count(0)


def test_keyboard_reaches_the_content_first(cast, desk, pictures):
    """The first Tab offers to skip the navigation; the focus is always visible."""
    page = desk("ana").page
    page.goto("/clients/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    pictures(page, "focus skip")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
