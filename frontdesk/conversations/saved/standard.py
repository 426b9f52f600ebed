"""The placeholders that every business has."""

from django.conf import settings
from django.utils import timezone

from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.ui import formats
from frontdesk.ui.jinja import url_if

from ..placeholders import Occasion, Placeholder, register


def _first(name: str) -> str:
    return name.split()[0] if name.split() else ""


def _contact(occasion: Occasion) -> str:
    return occasion.contact.name if occasion.contact else ""


def _me(occasion: Occasion) -> str:
    return getattr(occasion.actor, "name", "") or ""


def _phone(occasion: Occasion) -> str:
    account = occasion.client.account
    return formats.phone(account.contact_phone, account.country)


def _portal(occasion: Occasion) -> str:
    return settings.PUBLIC_URL + (url_if("portal:home") or "/")


STANDARD = (
    Placeholder("client", _lazy("Name of %(the_client)s"), lambda occasion: occasion.client.name, 10),
    Placeholder("contact", _lazy("Name of the contact"), _contact, 20),
    Placeholder("first_name", _lazy("First name of the contact"), lambda occasion: _first(_contact(occasion)), 30),
    Placeholder("me", _lazy("Your name"), _me, 40),
    Placeholder("my_first_name", _lazy("Your first name"), lambda occasion: _first(_me(occasion)), 50),
    Placeholder("business", _lazy("Name of your business"), lambda occasion: occasion.client.account.name, 60),
    Placeholder("phone", _lazy("Phone number of your business"), _phone, 70),
    Placeholder(
        "email", _lazy("E-mail address of your business"), lambda occasion: occasion.client.account.contact_email, 80
    ),
    Placeholder("portal", _lazy("Address of the portal"), _portal, 90),
    Placeholder("today", _lazy("Today's date"), lambda occasion: formats.date(timezone.localdate(), "long"), 100),
)


def register_all() -> None:
    """Called once at start-up."""
    for placeholder in STANDARD:
        register(placeholder)
