"""A colleague goes away and comes back, seen by others on a phone in the dark: P14."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from .checks import everything


def test_away_until_a_day_and_back_in_one_click(desk, cast):
    page = desk("cora").page
    page.goto("/me/away/")
    assert everything(page) == []
    page.get_by_label("Last day").fill((timezone.localdate() + timedelta(days=4)).isoformat())
    page.locator("[name=message]").fill("At the sea until Friday.")
    page.get_by_label("Who stands in").select_option("Cole")
    page.get_by_label("Show this to clients").check()
    page.get_by_role("button", name="Set away").click()
    expect(page.locator(".note")).to_contain_text("Cole stands in.")
    assert everything(page) == []

    office = desk("sam", phone=True, theme="dark").page
    office.goto("/people/?away=now")
    expect(office.locator(".rows .cover")).to_have_text(["Cora"])
    assert everything(office) == []
    office.get_by_role("link", name="Cora").click()
    expect(office.locator(".note")).to_contain_text("At the sea until Friday.")
    assert everything(office) == []

    client = desk("mia", phone=True).page
    client.goto(f"/portal/clients/{cast.maria.pk}/team/")
    expect(client.locator(".people")).to_contain_text("At the sea until Friday.")
    assert everything(client) == []

    page.goto("/clients/")
    page.get_by_role("button", name="Your menu").click()
    page.get_by_role("button", name="End now").click()
    expect(page).to_have_url("/clients/")
    expect(page.locator(".me small")).to_have_text("Co-worker")
