"""P9: the directory on desktop and phone; somebody is switched off and on from the list."""

from playwright.sync_api import expect

from .checks import everything


def test_switching_off_and_on_from_the_list(desk, cast, pictures):
    """The list stays under its filter."""
    page = desk("ana").page
    page.goto("/people/?role=coworker")
    assert everything(page) == []
    pictures(page, "directory")
    page.get_by_role("button", name="Switch Cole off").click()
    page.get_by_role("dialog").get_by_role("button", name="Switch off").click()
    expect(page).to_have_url("/people/?role=coworker")
    page.get_by_role("button", name="Switch Cole on").click()
    expect(page.get_by_role("button", name="Switch Cole off")).to_be_visible()


def test_the_directory_on_a_phone(desk, pictures):
    """Nothing is wider than the phone."""
    window = desk("ana", phone=True, theme="dark")
    window.page.goto("/people/")
    assert everything(window.page) == [] and window.is_phone_wide()
    pictures(window.page, "directory phone")
