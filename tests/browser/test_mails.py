"""P8, A7: an admin writes the welcome in the account's own words, looks at it, and goes back to the default."""

from playwright.sync_api import expect

from .checks import everything


def test_a_text_is_written_looked_at_and_dropped(desk, pictures):
    """Unknown placeholders are refused where they stand; the preview has real values."""
    window = desk("ana")
    page = window.page
    page.goto("/settings/mails/")
    assert everything(page) == []
    pictures(page, "mails")
    page.get_by_role("link", name="Welcome").click()
    page.get_by_label("Subject").fill("Hello {nme}")
    with window.expecting(422):
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_text("There is no {nme}").first).to_be_visible()
    assert everything(page) == []
    page.get_by_label("Subject").fill("Hello {name}")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".letter h3")).to_have_text("Hello Ana")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    pictures(page, "mail text")
    assert everything(page) == []
    page.get_by_role("button", name="Back to the default").click()
    page.get_by_role("dialog").get_by_role("button", name="Back to the default").click()
    expect(page.get_by_label("Subject")).to_have_value("Welcome to {business}")


def test_on_a_phone_in_french(desk, pictures):
    """The text of each language is its own."""
    window = desk("ana", phone=True, theme="dark")
    page = window.page
    page.goto("/settings/mails/welcome/?language=fr")
    expect(page.get_by_role("link", name="Français")).to_have_attribute("aria-current", "true")
    assert everything(page) == [] and window.is_phone_wide()
    pictures(page, "mail text phone")
