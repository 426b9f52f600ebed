"""What the home page of the portal says first: what there is to do."""

from dataclasses import dataclass

from django.urls import reverse

from frontdesk.clients.models import Client
from frontdesk.core.text import gettext as _


@dataclass(frozen=True)
class OpenPoint:
    """Something that is missing, why it matters, and where it is filled in."""

    icon: str
    title: str
    reason: str
    action: str
    href: str


def _reach(client: Client, contacts: list) -> list[OpenPoint]:
    primary = next((contact for contact in contacts if contact.is_primary), None)
    if primary is None:
        return []
    href = reverse("portal:contact_edit", args=[client.pk, primary.pk])
    found = []
    if not any(contact.phones for contact in contacts):
        found.append(OpenPoint("phone", _("Add a phone number"), _("So that we can reach you."), _("Add"), href))
    if not any(contact.emails for contact in contacts):
        found.append(OpenPoint("mail", _("Add an e-mail address"), _("So that we can write to you."), _("Add"), href))
    return found


def to_do(client: Client, contacts: list | None, week: list[list] | None) -> list[OpenPoint]:
    """What the client has left open; `contacts` and `week` as the clients' queries give them, None where withheld."""
    found = []
    if week is not None and not any(week):
        href = reverse("portal:client_availability", args=[client.pk])
        reason = _("So that we only suggest times that suit you.")
        found.append(OpenPoint("clock", _("Say when you are available"), reason, _("Choose times"), href))
    return found if contacts is None else found + _reach(client, contacts)
