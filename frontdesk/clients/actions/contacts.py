"""Contacts of a client: exactly one is primary, always."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from frontdesk.activity.spine import record
from frontdesk.core.checks import Errors
from frontdesk.core.errors import Conflict
from frontdesk.core.text import gettext as _

from .. import access, permissions, summary
from ..models import Address, Client, Contact, ContactPoint
from ..values import AddressInput, ContactInput, Point, clean_address, clean_points
from .records import save_address, save_points

MOST_CONTACTS = 50


def _right(actor) -> str:
    """Office edits any client's contacts; a client's own people edit theirs."""
    return permissions.PORTAL_EDIT if actor.is_portal else permissions.EDIT


def _check(actor, typed: ContactInput, address: AddressInput | None) -> tuple[ContactInput, list[Point], AddressInput]:
    errors = Errors()
    cleaned = ContactInput(
        name=errors.line("name", typed.name, 160, required=True), role=errors.line("role", typed.role, 80)
    )
    points = clean_points(errors, typed, actor.account.country)
    checked = clean_address(errors, address or AddressInput(), "address.")
    errors.raise_any()
    return cleaned, points, checked


def _touch(actor, client: Client, verb: str, contact_id: UUID, **data) -> None:
    Client.objects.filter(pk=client.pk).update(updated_at=timezone.now())
    summary.refresh(client)
    record(actor, verb, subject_id=contact_id, client_id=client.pk, data=data)


def add_contact(actor, client: Client, typed: ContactInput, address: AddressInput | None = None) -> Contact:
    """Add a contact; the first one is primary. Raises Invalid, Forbidden."""
    access.require(actor, _right(actor), client)
    cleaned, points, checked = _check(actor, typed, address)
    with transaction.atomic():
        present = Contact.objects.filter(client_id=client.pk)
        if present.count() >= MOST_CONTACTS:
            raise Conflict(_("At most %(most)s are allowed.", most=MOST_CONTACTS))
        contact = Contact.objects.create(
            account_id=client.account_id,
            client=client,
            name=cleaned.name,
            role=cleaned.role,
            is_primary=not present.filter(is_primary=True).exists(),
        )
        save_points(contact, points)
        if checked:
            save_address(client, checked, contact)
        _touch(actor, client, "contact.added", contact.pk)
    return contact


def update_contact(
    actor, client: Client, contact: Contact, typed: ContactInput, address: AddressInput | None = None
) -> Contact:
    """Replace a contact's name, role, addresses and numbers; `address` None leaves its postal address alone."""
    access.require(actor, _right(actor), client)
    cleaned, points, checked = _check(actor, typed, address)
    with transaction.atomic():
        contact.name, contact.role = cleaned.name, cleaned.role
        contact.save(update_fields=["name", "role"])
        ContactPoint.objects.filter(contact_id=contact.pk).delete()
        save_points(contact, points)
        if address is not None:
            Address.objects.filter(client_id=client.pk, contact_id=contact.pk).delete()
            if checked:
                save_address(client, checked, contact)
        _touch(actor, client, "contact.changed", contact.pk)
    return contact


def make_primary(actor, client: Client, contact: Contact) -> None:
    """Make a contact the one who gets invitation and invoices; raises Forbidden."""
    access.require(actor, permissions.EDIT)
    if contact.is_primary:
        return
    with transaction.atomic():
        Contact.objects.filter(client_id=client.pk, is_primary=True).update(is_primary=False)
        contact.is_primary = True
        contact.save(update_fields=["is_primary"])
        _touch(actor, client, "contact.primary", contact.pk)


def remove_contact(actor, client: Client, contact: Contact) -> None:
    """Remove a contact; raises Conflict for the primary one, Forbidden."""
    access.require(actor, _right(actor), client)
    if contact.is_primary:
        raise Conflict(_("The primary contact cannot be removed. Make another contact primary first."))
    contact_id = contact.pk
    with transaction.atomic():
        Address.objects.filter(client_id=client.pk, contact_id=contact_id).delete()
        contact.delete()
        _touch(actor, client, "contact.removed", contact_id)
