"""Pages that nobody likes to see, in words and with a way on."""

import pytest
from playwright.sync_api import expect

from .checks import everything


@pytest.mark.parametrize("phone", [False, True])
def test_nothing_here(desk, phone):
    """404 inside the look, with the way back to the start."""
    window = desk("ana", phone=phone)
    with window.expecting(404):
        window.page.goto("/clients/00000000-0000-7000-8000-00000000dead/")
        expect(window.page.get_by_role("heading", name="Nothing here")).to_be_visible()
    assert everything(window.page) == []
    window.page.get_by_role("link", name="Go to the start page").click()
    expect(window.page).to_have_url("/")


def test_not_allowed(desk):
    """403 says whom to ask."""
    window = desk("cora")
    with window.expecting(403):
        window.page.goto("/settings/")
        expect(window.page.get_by_role("heading", name="You cannot open this")).to_be_visible()
    assert everything(window.page) == []


def test_form_open_too_long(desk, cast):
    """A form whose token is gone says what to do, and nothing is saved."""
    window = desk("ana")
    page = window.page
    page.goto(f"/clients/{cast.maria.pk}/")
    page.get_by_label("Note").fill("Typed long ago")
    page.locator("form.quick [name=csrfmiddlewaretoken]").evaluate("(field) => { field.value = 'x'.repeat(64); }")
    with window.expecting(403):
        page.get_by_role("button", name="Add note").click()
        expect(page.get_by_text("The form was open too long")).to_be_visible()
    assert everything(page) == []


def test_failure_of_ours(desk, monkeypatch):
    """500 says that it is our fault and names the request."""
    monkeypatch.setattr("frontdesk.search.queries.words_of", lambda query: 1 / 0)
    window = desk("cora", phone=True)
    with window.expecting(500):
        window.page.goto("/search/?q=maria")
        expect(window.page.get_by_role("heading", name="Something went wrong")).to_be_visible()
    assert everything(window.page) == []
