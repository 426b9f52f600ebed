"""Somebody who is not signed in fills in a form, as a browser does."""

import hashlib
import itertools
import re

from django.test import Client as Browser
from django.urls import reverse

from frontdesk.core.tenancy.context import account_context
from frontdesk.inquiries import actions, tickets
from frontdesk.inquiries.access import address_of

NORA = {
    "name": "Nora New", "email": "nora@example.com", "phone": "", "message": "Can you come on Monday?", "agreed": "1",
}  # fmt: skip


def form_of(cast, **typed):
    """A form of a business."""
    with account_context(cast.account):
        return actions.add_form(cast.people.get("ana") or cast.people["olga"], actions.FormInput("Contact", **typed))


def path_of(form, name="ask") -> str:
    """Where a form is for everybody."""
    return reverse(f"inquiries:{name}", args=[address_of(form)])


def visitor(**headers) -> Browser:
    """A browser without session, on a server that insists on the tokens of forms."""
    return Browser(enforce_csrf_checks=True, headers=headers)


def field(page, name: str) -> str:
    """The value of a hidden field."""
    return re.search(rf'name="{name}" value="([^"]*)"', page.content.decode())[1]


def proof_for(page) -> str:
    """What a browser finds out by working."""
    challenge = re.search(r'data-challenge="([^"]*)"', page.content.decode())[1]
    for number in itertools.count():
        digest = hashlib.sha256(f"{challenge}:{number}".encode()).digest()
        if digest[:2] == b"\0\0":
            return str(number)
    raise AssertionError


def opened(browser: Browser, form, query: str = "") -> dict:
    """What the page of a form sends along, as after the time that a person takes."""
    page = browser.get(path_of(form) + query)
    assert page.status_code == 200
    return {"ticket": field(page, "ticket"), "proof": proof_for(page), "lang": field(page, "lang")}


def send(form, browser: Browser | None = None, query: str = "", **typed):
    """Fill in a form and send it; the answer."""
    browser = browser or visitor()
    return browser.post(path_of(form) + query, {**NORA, **opened(browser, form, query), **typed})


def patient(monkeypatch) -> None:
    """Let nobody wait."""
    monkeypatch.setattr(tickets, "LEAST_SECONDS", 0)
