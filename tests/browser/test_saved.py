"""Saved replies while one writes: found by keys, shown filled in, put in at the cursor, on a phone too (M5)."""

from playwright.sync_api import expect

from frontdesk.conversations.saved.actions import SavedInput, add_reply
from frontdesk.core.tenancy.context import account_context

from .checks import everything


def _replies(cast) -> None:
    with account_context(cast.account):
        for name, shortcut, text in (
            ("Greeting", "hi", "Hello {client}, this is {my_first_name}."),
            ("Where we are", "way", "Call {phone} from the yard."),
        ):
            add_reply(cast.ana, SavedInput(name, text, shortcut, shared=True))


def test_a_slash_finds_a_reply_and_enter_puts_it_in(desk, cast, pictures):
    _replies(cast)
    cora = desk("cora").page
    cora.goto(f"/inbox/client/{cast.maria.pk}/")
    cora.locator("#message-body").press_sequentially("/")
    dialog = cora.locator("#saved-replies")
    expect(dialog).to_be_visible()
    expect(dialog.locator("[data-preview]")).to_contain_text("Hello Maria Ionescu, this is Cora.")
    cora.keyboard.press("ArrowDown")
    expect(dialog.locator("[data-preview] mark")).to_have_text("{phone}")
    pictures(cora, "saved-replies")
    assert everything(cora) == []
    cora.keyboard.type("hi")
    expect(dialog.get_by_role("option")).to_have_count(1)
    cora.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    field = cora.locator("#message-body")
    expect(field).to_have_value("Hello Maria Ionescu, this is Cora.")
    expect(field).to_be_focused()
    cora.keyboard.press("Control+/")
    expect(dialog.get_by_role("option")).to_have_count(2)
    cora.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(field).to_be_focused()
    cora.keyboard.press("Control+/")
    dialog.get_by_role("button", name="Save what I wrote").click()
    expect(cora.locator("textarea[name=text]")).to_have_value("Hello Maria Ionescu, this is Cora.")
    assert everything(cora) == []


def test_a_gap_is_refused_with_the_reason_on_a_phone(desk, cast, pictures):
    _replies(cast)
    phone = desk("cora", phone=True, theme="dark")
    page = phone.page
    page.goto(f"/inbox/client/{cast.maria.pk}/")
    page.locator("[data-open-saved]").click()
    dialog = page.locator("#saved-replies")
    dialog.get_by_role("option").nth(1).click()
    expect(dialog.locator("[data-preview] mark")).to_have_text("{phone}")
    assert everything(page) == [] and phone.is_phone_wide()
    pictures(page, "saved-replies-phone")
    dialog.get_by_role("button", name="Insert").click()
    with phone.expecting(422):
        page.locator("#message-send").click()
        expect(page.locator("#composer .error")).to_contain_text("{phone}")
    expect(page.locator("#message-body")).to_have_value("Call {phone} from the yard.")
    page.goto("/inbox/saved/")
    expect(page.get_by_text("Greeting")).to_be_visible()
    pictures(page, "saved-list-phone")
    assert everything(page) == [] and phone.is_phone_wide()
