"""Forms of the tests."""

import pytest

from frontdesk.inquiries import tickets

from .visitors import form_of


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """Nobody waits."""
    monkeypatch.setattr(tickets, "LEAST_SECONDS", 0)


@pytest.fixture
def form(cast):
    """A form of the first business, as it is added without any choice."""
    return form_of(cast)
