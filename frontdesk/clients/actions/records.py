"""Creating, changing and deleting clients."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from frontdesk.activity.spine import record
from frontdesk.core.checks import Errors
from frontdesk.core.errors import Conflict, Invalid
from frontdesk.core.fold import fold
from frontdesk.core.ids import uuid7
from frontdesk.core.tenancy.bulk import bulk_insert
from frontdesk.core.tenancy.prepared import Prepared
from frontdesk.core.text import gettext as _
from frontdesk.search import index as search_index
from frontdesk.undo.ledger import Ledger, begin
from frontdesk.undo.models import Change
from frontdesk.undo.trees import note_deletion

from .. import access, permissions, summary
from ..custom.values import clean_values, fields_in_use, state_of
from ..deletion import reasons_against
from ..models import Address, Client, Contact, ContactPoint, CustomField, Tally
from ..values import EMAIL, PHONE, AddressInput, ClientInput, Point, clean_client, clean_own_fields
from .assignments import serve
from .tags import set_tags

_COUNT = 'UPDATE clients_tally SET "count" = "count" + %s WHERE account_id = %s AND status = %s'


def count(account_id: UUID, status: str, by: int) -> None:
    """Move an account's number of clients of a status."""
    key = Tally._meta.get_field("account").get_db_prep_value(account_id, connection)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [by, key, status])
        known = cursor.rowcount
    if not known:
        Tally.objects.create(account_id=account_id, status=status, count=by)


POINT = ("id", "contact_id", "kind", "value", "normal", "label", "is_mobile", "consent")


def save_points(contact: Contact, points: list[Point]) -> None:
    """Write a contact's addresses and numbers."""
    rows = [
        (uuid7(), contact.pk, point.kind, point.value, point.normal, point.label, point.is_mobile, point.consent)
        for point in points
    ]
    bulk_insert(ContactPoint, POINT, rows)


# The exclusion is the condition of the index, without which SQLite does not use it.
BEARERS = Prepared(
    lambda reference: Client.objects.filter(reference=reference).exclude(reference="").values_list("pk")[:2]
)


def reference_taken(reference: str, besides: UUID | None = None) -> bool:
    """Whether another client of the account bears this reference."""
    return bool(reference) and any(found != besides for (found,) in BEARERS(reference))


def new_values(typed: ClientInput, points: list[Point], now: datetime) -> dict:
    """A new client's row: its own values, and what it repeats of its points."""
    first = {point.kind: point.value for point in reversed(points)}
    return {
        "kind": typed.kind,
        "status": typed.status,
        "name": typed.name,
        "sort_key": fold(typed.name)[:160],
        "reference": typed.reference,
        "language": typed.language,
        "email": first.get(EMAIL, ""),
        "phone": first.get(PHONE, ""),
        "has_mobile": any(point.is_mobile for point in points),
        "has_portal": False,
        "created_at": now,
        "updated_at": now,
        "custom": typed.custom,
    }


def save_address(client: Client, typed: AddressInput, contact: Contact | None = None) -> Address:
    """Write an address of a client or of one of its contacts."""
    return Address.objects.create(
        account_id=client.account_id,
        client=client,
        contact=contact,
        label=typed.label,
        street=typed.street,
        postal_code=typed.postal_code,
        city=typed.city,
        region=typed.region,
        country=typed.country,
    )


def create_client(actor, typed: ClientInput) -> Client:
    """Add a client with its primary contact; raises Invalid naming every wrong field, Forbidden."""
    access.require(actor, permissions.ADD)
    errors = Errors()
    fields = fields_in_use()
    checked = clean_client(errors, typed, actor.account.country, fields)
    typed, contact_name, points = checked.client, checked.contact_name, checked.points
    if reference_taken(typed.reference):
        errors.add("reference", _("Another %(client)s has this reference."))
    errors.raise_any()
    client = Client(account_id=actor.account_id, **new_values(typed, points, timezone.now()))
    with _unique(client), transaction.atomic():
        client.save(force_insert=True)
        role = checked.contact_role
        made = Contact(account_id=actor.account_id, client=client, name=contact_name, role=role, is_primary=True)
        made.save(force_insert=True)
        save_points(made, points)
        if typed.address:
            save_address(client, typed.address)
        if typed.tags:
            set_tags(actor, client, typed.tags, recorded=False)
        count(actor.account_id, client.status, +1)
        known = [(True, point.kind, point.value, point.is_mobile) for point in points]
        search_index.add([summary.findable(client, [contact_name], known, fields)])
        record(actor, "client.created", subject_id=client.pk, client_id=client.pk)
        if not access.sees_all(actor):
            serve(actor, client, actor)
    return client


@contextmanager
def _unique(client: Client) -> Iterator[None]:
    """Say it when another got the client's reference in between."""
    try:
        yield
    except IntegrityError as error:
        if reference_taken(client.reference):
            raise Invalid({"reference": [_("Another %(client)s has this reference.")]}) from error
        raise


EDITABLE = ("name", "kind", "reference", "language")


def _own(errors: Errors, client: Client, changes: dict) -> dict:
    """The client's own fields after `changes`, checked."""
    typed = ClientInput(**{name: changes.get(name, getattr(client, name)) for name in EDITABLE}, status=client.status)
    typed = clean_own_fields(errors, typed)
    if reference_taken(typed.reference, besides=client.pk):
        errors.add("reference", _("Another %(client)s has this reference."))
    return {name: getattr(typed, name) for name in EDITABLE}


def _record_custom(actor, client: Client, fields: list[CustomField], before: dict) -> None:
    """One activity for each own field that changed, with what its value was and is: states, never what was typed."""
    for field in fields:
        old, new = before.get(str(field.pk)), client.custom.get(str(field.pk))
        if old != new:
            data = {"field": str(field.pk), "from": state_of(field, old), "to": state_of(field, new)}
            record(actor, "client.field", subject_id=client.pk, client_id=client.pk, data=data)


def update_client(actor, client: Client, changes: dict) -> Client:
    """Change a client's own fields (of EDITABLE, and `custom` by the field's id); raises Invalid, Forbidden.

    Nothing is recorded without a change.
    """
    access.require(actor, permissions.EDIT)
    errors = Errors()
    values = _own(errors, client, changes)
    fields = fields_in_use() if "custom" in changes else []
    before = client.custom
    custom = clean_values(errors, fields, changes["custom"], before) if "custom" in changes else before
    errors.raise_any()
    changed = [name for name in EDITABLE if getattr(client, name) != values[name]]
    if not changed and custom == before:
        return client
    for name in changed:
        setattr(client, name, values[name])
    client.sort_key, client.updated_at, client.custom = fold(client.name)[:160], timezone.now(), custom
    with transaction.atomic():
        client.save(update_fields=[*changed, "sort_key", "custom", "updated_at"])
        summary.refresh(client)
        if changed:
            record(actor, "client.changed", subject_id=client.pk, client_id=client.pk, data={"fields": changed})
        _record_custom(actor, client, fields, before)
    return client


def delete_client(actor, client: Client) -> Change:
    """Delete a client; raises Conflict with what stands in the way, Forbidden. The change it gives can be undone."""
    access.require(actor, permissions.DELETE)
    reasons = reasons_against(client)
    if reasons:
        raise Conflict({"": reasons})
    client_id = client.pk
    with transaction.atomic():
        change = begin(actor, "clients.delete", total=1)
        ledger = Ledger(change)
        note_deletion(ledger, Client, {client_id: client_id})
        count(actor.account_id, client.status, -1)
        search_index.remove(summary.KIND, [client_id])
        Client.objects.filter(pk=client_id).delete()
        record(actor, "client.deleted", subject_id=client_id, client_id=client_id)
        ledger.close()
    return change
