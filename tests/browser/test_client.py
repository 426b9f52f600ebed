"""A client's record: C1, C3, C5 to C7, C9 to C11, C14."""

import re

import pytest
from playwright.sync_api import expect

from frontdesk.clients.models import Client, Note
from frontdesk.core.tenancy.context import account_context

from .checks import everything


def count(cast, model, **where) -> int:
    """How many rows of the first account there are."""
    with account_context(cast.account):
        return model.objects.filter(**where).count()


@pytest.mark.parametrize("phone", [False, True])
def test_add_with_a_duplicate_hint(desk, cast, phone):
    """C3: the same phone number is pointed out while one types, and again before saving."""
    window = desk("ana", phone=phone)
    page = window.page
    page.goto("/clients/new/")
    page.get_by_label("Name", exact=False).first.fill("Maria I. Ionescu 🌿")
    page.get_by_label("Phone numbers").first.fill("0745 112 908")
    page.get_by_label("Phone numbers").first.press("Tab")
    hint = page.locator("#duplicates")
    expect(hint.get_by_role("link", name="Maria Ionescu")).to_be_visible()
    assert everything(page) == []
    with window.expecting(409, 422):
        page.get_by_role("button", name="Add client").click()
        expect(page.get_by_role("button", name="Add anyway")).to_be_visible()
    assert count(cast, Client, name="Maria I. Ionescu 🌿") == 0
    assert everything(page) == []
    page.get_by_role("button", name="Add anyway").click()
    expect(page.locator("h1")).to_contain_text("Maria I. Ionescu 🌿")
    expect(page.locator("main")).to_contain_text("0745 112 908")


def test_what_is_wrong_is_named_at_the_field(desk, cast):
    """Reasons stand beside the field, in a summary that is read out, and nothing typed is lost."""
    window = desk("ana", phone=True)
    page = window.page
    page.goto("/clients/new/")
    page.get_by_label("Name", exact=False).first.fill("Somebody")
    page.get_by_label("Phone numbers").first.fill("12")
    page.get_by_label("E-mail addresses").first.fill("somebody@example")
    with window.expecting(422):
        page.get_by_role("button", name="Add client").click()
        expect(page.get_by_label("Phone numbers").first).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("E-mail addresses").first).to_have_value("somebody@example")
    assert everything(page) == []
    assert count(cast, Client, name="Somebody") == 0


def test_double_click_saves_once_and_back_is_harmless(desk, cast):
    """A nervous finger makes one client; going back shows the form without saving again."""
    page = desk("ana").page
    page.goto("/clients/new/")
    page.get_by_label("Name", exact=False).first.fill("Only Once")
    page.get_by_role("button", name="Add client").dblclick(no_wait_after=True)
    expect(page.locator("h1")).to_contain_text("Only Once")
    page.go_back()
    expect(page.get_by_role("button", name="Add client")).to_be_visible()
    page.go_forward()
    expect(page.locator("h1")).to_contain_text("Only Once")
    assert count(cast, Client, name="Only Once") == 1


def test_note(desk, cast):
    """C6: a note is on the timeline at once, only once, and its author can change it."""
    page = desk("cora").page
    page.goto(f"/clients/{cast.maria.pk}/")
    page.get_by_label("Note").fill("Wants the <b>blue</b> one & pays cash 💶")
    page.get_by_role("button", name="Add note").dblclick(no_wait_after=True)
    expect(page.get_by_text("Wants the <b>blue</b> one & pays cash 💶")).to_be_visible()
    assert count(cast, Note, body__startswith="Wants") == 1
    assert everything(page) == []
    page.locator(".box.note").filter(has_text="blue").get_by_role("link", name="Edit").click()
    page.get_by_label("Note").fill("Changed her mind")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Changed her mind")).to_be_visible()


def test_contact(desk, cast):
    """C7: a second contact with two phones, made primary; the former one stays as a contact."""
    page = desk("sam").page
    page.goto(f"/clients/{cast.maria.pk}/contacts/")
    page.get_by_role("link", name="Add a contact").click()
    page.get_by_label("Name", exact=False).first.fill("Dan Ionescu")
    page.get_by_label("Phone numbers").nth(0).fill("0745 000 111")
    page.get_by_role("button", name="Add a number").click()
    page.locator("[name=phones-1-value]").fill("0745 000 222")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("0745 000 222")).to_be_visible()
    page.get_by_role("button", name="Actions for Dan Ionescu").click()
    assert everything(page) == []
    page.get_by_role("button", name="Make primary").click()
    expect(page.locator(".contact").filter(has_text="Dan Ionescu")).to_contain_text("Primary")
    page.get_by_role("button", name="Actions for Maria Ionescu").click()
    page.get_by_role("button", name="Remove").click()
    confirm = page.get_by_role("dialog")
    expect(confirm).to_contain_text("Maria Ionescu")
    assert everything(page) == []
    confirm.get_by_role("button", name="Cancel").click()
    expect(page.locator(".contact")).to_have_count(2)


def test_tags(desk, cast):
    """Tags are edited in a dialog and lead to the list of those who bear them."""
    page = desk("ana").page
    page.goto(f"/clients/{cast.maria.pk}/")
    page.get_by_role("button", name="Edit tags").click()
    assert everything(page) == []
    page.get_by_role("dialog").get_by_label("Tags").fill("VIP, Très important")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Très important").click()
    expect(page.locator(".rows .cover")).to_have_count(1)


def test_assign(desk, cast):
    """C9: whom the office assigns sees the client from then on."""
    cole = desk("cole").page
    cole.goto("/clients/")
    expect(cole.get_by_text("Victor")).to_have_count(0)
    page = desk("ana").page
    page.goto(f"/clients/{cast.victor.pk}/")
    page.get_by_role("link", name="Choose who serves the client").click()
    assert everything(page) == []
    page.get_by_label("Cole").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("complementary")).to_contain_text("Cole")
    cole.reload()
    expect(cole.get_by_role("link", name="Victor Țurcanu")).to_be_visible()


def test_weekly_availability(desk, cast):
    """C10: times by weekday; a day without any is not available; nonsense is refused at its day."""
    window = desk("sam", phone=True)
    page = window.page
    page.goto(f"/clients/{cast.maria.pk}/availability/edit/")
    page.get_by_role("button", name=re.compile("Add a time.*Monday")).click()
    page.get_by_label("Monday: from").fill("09:00")
    page.get_by_label("Monday: until").fill("08:00")
    with window.expecting(422):
        page.get_by_role("button", name="Save").last.click()
        expect(page.locator(".error").first).to_be_visible()
    assert everything(page) == []
    page.get_by_label("Monday: until").fill("12:30")
    page.get_by_role("button", name="Save").last.click()
    expect(page.locator(".week")).to_contain_text("09:00 – 12:30")
    assert everything(page) == []


def test_status_with_a_way_back(desk, cast):
    """C1: made inactive from the menu, undone from the message."""
    page = desk("ana").page
    page.goto(f"/clients/{cast.maria.pk}/")
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Make inactive").click()
    expect(page.locator(".hero .badge")).to_have_text("Inactive")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".hero .badge")).to_have_text("Active")


def test_delete_asks_first(desk, cast):
    """C14: deleting is a page of its own that offers gentler ways."""
    page = desk("ana").page
    page.goto(f"/clients/{cast.radu.pk}/delete/")
    expect(page.get_by_role("button", name="Make a prospect")).to_be_visible()
    assert everything(page) == []
    if page.get_by_role("button", name="Delete", exact=True).count():
        page.get_by_role("button", name="Delete", exact=True).click()
        expect(page).to_have_url(re.compile("/clients/$"))
        expect(page.get_by_text("Radu Popescu was deleted.")).to_be_visible()


def test_unsaved_changes_are_not_lost_unasked(desk, cast):
    """Leaving a changed form asks first."""
    page = desk("ana").page
    page.goto(f"/clients/{cast.maria.pk}/edit/")
    page.get_by_label("Name", exact=False).first.fill("Maria Popa")
    page.get_by_role("link", name="Cancel").click()
    dialog = page.get_by_role("dialog", name="Leave without saving?")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Cancel").click()
    expect(page.get_by_label("Name", exact=False).first).to_have_value("Maria Popa")
    page.get_by_role("link", name="Cancel").click()
    dialog.get_by_role("button", name="Leave").click()
    expect(page.locator("h1")).to_contain_text("Maria Ionescu")
