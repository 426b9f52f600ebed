"""Many at once, merging and erasing, with the way back where there is one: C2, C18, X12."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from frontdesk.clients.models import Client
from frontdesk.core.tenancy.context import account_context

from .checks import everything


def _open(page, name: str, *args) -> None:
    page.goto(reverse(name, args=args))


def _undo(page, pictures) -> None:
    """Take the newest change back, from the page of recent changes."""
    _open(page, "undo:changes")
    assert everything(page) == []
    pictures(page, "undo changes")
    page.get_by_role("button", name="Undo").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone", exact=True).first).to_be_visible()
    assert everything(page) == []


@pytest.mark.parametrize("phone", [False, True])
def test_a_status_for_several_and_back(desk, cast, pictures, phone):
    window = desk("sam", phone=phone, theme="dark" if phone else "light")
    page = window.page
    _open(page, "clients:list")
    if phone:
        page.get_by_role("button", name="Select", exact=True).click()
    for name in ("Maria Ionescu", "Ioana Popescu"):
        page.get_by_role("checkbox", name=re.compile(name)).check()
    pictures(page, f"bulk chosen {phone}")
    page.locator(".bulk").get_by_role("button", name="Status").click()
    expect(page.get_by_text("For 2 clients")).to_be_visible()
    assert everything(page) == []
    page.get_by_role("radio", name=re.compile("Prospect")).check()
    pictures(page, f"bulk status {phone}")
    page.locator(".form button.primary").click()
    _open(page, "clients:show", cast.maria.pk)
    expect(page.get_by_text("Prospect").first).to_be_visible()
    _undo(page, pictures)
    assert not phone or window.is_phone_wide()
    with account_context(cast.account):
        assert not Client.objects.filter(status="prospect").exists()


@pytest.mark.parametrize("phone", [False, True])
def test_two_become_one_and_two_again(desk, cast, pictures, phone):
    window = desk("sam", phone=phone)
    page = window.page
    _open(page, "clients:merge", cast.ioana.pk)
    page.get_by_role("searchbox", name=re.compile("Search")).last.fill("Radu")
    page.get_by_role("button", name="Search", exact=True).last.click()
    assert everything(page) == []
    page.get_by_role("link", name="Radu Popescu").click()
    assert everything(page) == []
    pictures(page, f"merge {phone}")
    page.get_by_role("button", name="Merge").click()
    _open(page, "clients:show", cast.radu.pk)
    expect(page).to_have_url(re.compile(str(cast.ioana.pk)))
    _undo(page, pictures)
    _open(page, "clients:show", cast.radu.pk)
    expect(page.get_by_role("heading", name="Radu Popescu").first).to_be_visible()
    assert not phone or window.is_phone_wide()


@pytest.mark.parametrize("phone", [False, True])
def test_erased_for_good_after_its_name_was_written(desk, cast, pictures, phone):
    window = desk("ana", phone=phone)
    page = window.page
    _open(page, "clients:erase", cast.victor.pk)
    assert everything(page) == []
    pictures(page, f"erase {phone}")
    name = page.locator("main [name=name]")
    name.fill("Someone Else")
    with window.expecting(422):
        page.get_by_role("button", name="Erase for good").click()
        expect(page.get_by_text("Write the name exactly").first).to_be_visible()
    assert everything(page) == []
    name.fill(cast.victor.name)
    page.get_by_role("button", name="Erase for good").click()
    expect(page).to_have_url(re.compile("/clients/$"))
    with window.expecting(404):
        _open(page, "clients:show", cast.victor.pk)
        expect(page.get_by_role("heading", name="Nothing here")).to_be_visible()


def test_a_saved_view_is_shared_and_seen_by_a_colleague_on_a_phone(desk, cast, pictures):
    page = desk("ana").page
    page.goto(reverse("clients:list") + "?status=active&sort=-name")
    page.get_by_role("button", name="Views").click()
    page.get_by_role("button", name="Save as a view").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Active, from the end")
    dialog.get_by_label("Share it with the team").check()
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_role("button", name="View: Active, from the end")).to_be_visible()
    assert everything(page) == []
    window = desk("sam", phone=True, theme="dark")
    _open(window.page, "clients:views")
    assert everything(window.page) == []
    pictures(window.page, "views phone")
    window.page.get_by_role("link", name="Active, from the end").click()
    expect(window.page.locator(".rows .cover").first).to_have_text("Victor Țurcanu")
    assert everything(window.page) == []
    assert window.is_phone_wide()


def test_a_field_of_ones_own_from_settings_to_the_record(desk, cast, pictures):
    page = desk("ana").page
    _open(page, "clients:field_new")
    page.get_by_label("Name", exact=False).or_(page.locator("[name=label]")).first.fill("Level")
    page.locator("[name=kind]").first.select_option("choice")
    for number, text in enumerate(("Beginner", "Advanced")):
        if page.locator(f"[name=options-{number}-label]").count() == 0:
            page.get_by_role("button", name="Add a choice").click()
        page.locator(f"[name=options-{number}-label]").fill(text)
    assert everything(page) == []
    pictures(page, "field new")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Beginner, Advanced")).to_be_visible()
    assert everything(page) == []
    window = desk("sam", phone=True)
    _open(window.page, "clients:edit", cast.maria.pk)
    window.page.get_by_label("Level").select_option(label="Advanced")
    assert everything(window.page) == []
    window.page.get_by_role("button", name="Save").click()
    expect(window.page.get_by_text("Advanced").first).to_be_visible()
    pictures(window.page, "field on record phone")
    assert everything(window.page) == []
    assert window.is_phone_wide()
