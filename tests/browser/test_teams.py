"""Colleagues are put into a team, and likely duplicates told apart, on desktop and phone: C18."""

from playwright.sync_api import expect

from .checks import everything


def test_a_team_is_made_and_narrows_the_directory(desk, cast):
    page = desk("ana").page
    page.goto("/settings/teams/new/")
    page.get_by_label("Name").fill("North side")
    page.get_by_text("Green", exact=True).locator("..").click()
    page.get_by_label("Lead").select_option("Cole")
    page.get_by_role("checkbox", name="Cora").check()
    assert everything(page) == []
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".lines .cover")).to_have_text(["Cole", "Cora"])
    assert everything(page) == []

    page.goto("/people/")
    page.get_by_label("Any team").select_option("North side")
    expect(page.locator(".rows .cover")).to_have_text(["Cole", "Cora"])
    phone = desk("ana", phone=True, theme="dark").page
    phone.goto(f"/people/{cast.sam.pk}/")
    phone.get_by_text("Choose teams").click()
    assert everything(phone) == []
    phone.get_by_role("checkbox", name="North side").check()
    phone.locator("form[action$='/teams/choose/'] button").click()
    expect(phone.get_by_role("link", name="North side")).to_be_visible()


def test_duplicates_are_told_apart_and_back(desk, cast):
    page = desk("sam", phone=True, theme="dark").page
    page.goto("/clients/likely-duplicates/")
    expect(page.locator(".lines .cover")).to_have_text(["Ioana Popescu", "Radu Popescu"])
    assert everything(page) == []
    page.get_by_role("button", name="Not duplicates").click()
    expect(page.get_by_role("heading", name="No duplicates found")).to_be_visible()
    assert everything(page) == []
    page.get_by_role("button", name="Undo").click()
    page.goto("/clients/likely-duplicates/")
    page.get_by_role("link", name="Merge Radu Popescu into Ioana Popescu").click()
    expect(page.get_by_role("heading", name="Merge Ioana Popescu and Radu Popescu")).to_be_visible()


def test_a_colour_for_ones_own_calendar(desk, cast):
    page = desk("cora").page
    page.goto(f"/clients/{cast.maria.pk}/")
    page.get_by_role("link", name="Your calendar colour").click()
    page.get_by_role("radio", name="No colour").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="Red")).to_be_checked()
    assert everything(page) == []
    page.get_by_role("button", name="Save").click()
    page.goto(f"/clients/{cast.maria.pk}/colour/")
    expect(page.get_by_role("radio", name="Red")).to_be_checked()
