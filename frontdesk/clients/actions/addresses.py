"""Postal addresses of a client."""

from uuid import UUID

from django.db import transaction

from frontdesk.activity.spine import record
from frontdesk.core.checks import Errors
from frontdesk.core.errors import Missing
from frontdesk.core.text import gettext as _

from .. import access, permissions
from ..models import Address, Client
from ..values import AddressInput, clean_address
from .records import save_address


def _check(typed: AddressInput) -> AddressInput:
    errors = Errors()
    checked = clean_address(errors, typed)
    if not checked:
        errors.add("street", _("Write at least a street or a city."))
    errors.raise_any()
    return checked


def add_address(actor, client: Client, typed: AddressInput) -> Address:
    """Add an address; raises Invalid, Forbidden."""
    access.require(actor, permissions.EDIT)
    checked = _check(typed)
    with transaction.atomic():
        address = save_address(client, checked)
        record(actor, "address.added", subject_id=address.pk, client_id=client.pk)
    return address


def update_address(actor, client: Client, address_id: UUID, typed: AddressInput) -> Address:
    """Change an address; raises Missing, Invalid, Forbidden."""
    access.require(actor, permissions.EDIT)
    checked = _check(typed)
    with transaction.atomic():
        changed = Address.objects.filter(client_id=client.pk, pk=address_id).update(**vars(checked))
        if not changed:
            raise Missing("address")
        record(actor, "address.changed", subject_id=address_id, client_id=client.pk)
    return Address.objects.get(pk=address_id)


def remove_address(actor, client: Client, address_id: UUID) -> None:
    """Remove an address; raises Missing, Forbidden."""
    access.require(actor, permissions.EDIT)
    with transaction.atomic():
        gone, _rows = Address.objects.filter(client_id=client.pk, pk=address_id).delete()
        if not gone:
            raise Missing("address")
        record(actor, "address.removed", subject_id=address_id, client_id=client.pk)
