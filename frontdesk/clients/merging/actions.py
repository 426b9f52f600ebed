"""Merging two clients."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone

from frontdesk.activity.spine import record
from frontdesk.core.errors import Invalid
from frontdesk.core.fold import fold
from frontdesk.core.text import gettext as _
from frontdesk.search import index as search_index
from frontdesk.undo.ledger import Ledger, begin
from frontdesk.undo.models import Change
from frontdesk.undo.plain import columns
from frontdesk.undo.trees import keys_to, note_deletion

from .. import access, permissions, summary
from ..actions.records import count
from ..actions.status import follow
from ..models import Availability, Client, Contact
from ..subscriptions.changing import refresh
from .models import MergedClient
from .registry import merge_rules, register_rule

CHOOSABLE = ("name", "kind", "status", "reference", "language")
# What the row repeats of others, and what is its own.
_LEFT = {
    "id",
    "sort_key",
    "email",
    "phone",
    "has_mobile",
    "has_portal",
    "unsubscribed",
    "created_at",
    "updated_at",
    "formerly",
}


@dataclass
class Merge:
    """A merge in progress: `gone` becomes part of `kept`."""

    actor: Any
    kept: Client
    gone: Client
    choices: dict[str, str]
    ledger: Ledger

    def move(self, model: type[models.Model], name: str, rows: models.QuerySet) -> None:
        """Let rows of the one belong to the other; `name` is the attribute that holds the client's id."""
        ids = list(rows.values_list("pk", flat=True))
        before, after = {name: str(self.gone.pk)}, {name: str(self.kept.pk)}
        for row_id in ids:
            self.ledger.updated(self.kept.pk, model, row_id, before, after)
        for start in range(0, len(ids), 500):
            model._base_manager.filter(pk__in=ids[start : start + 500]).update(**{name: self.kept.pk})


def _once(model: type[models.Model], name: str) -> list[models.UniqueConstraint]:
    """The rules by which a client has a row of this table only once."""
    found = [one for one in model._meta.constraints if isinstance(one, models.UniqueConstraint)]
    return [one for one in found if {name, name.removesuffix("_id")} & set(one.fields)]


def _doubles(merge: Merge, model: type[models.Model], name: str) -> set[UUID]:
    """Rows of the one that the other has already."""
    doubles: set[UUID] = set()
    for rule in _once(model, name):
        fields = [field for field in rule.fields if field not in ("account", name, name.removesuffix("_id"))]
        there = model._base_manager.filter(rule.condition or models.Q())
        own = list(there.filter(**{name: merge.gone.pk}).values_list("pk", *fields, "account_id"))
        if own:
            kept = set(there.filter(**{name: merge.kept.pk}).values_list(*fields, "account_id"))
            doubles |= {row_id for row_id, *values in own if tuple(values) in kept}
    return doubles


def _move_all(merge: Merge) -> None:
    """Every table with a key to clients, in whichever domain; what the other has already stays behind and goes."""
    for key in keys_to(Client):
        model = key.model
        rule = merge_rules.get(model._meta.label_lower)
        if rule:
            rule(merge)
        else:
            rows = model._base_manager.filter(**{key.attname: merge.gone.pk})
            merge.move(model, key.attname, rows.exclude(pk__in=_doubles(merge, model, key.attname)))
    for table, rule in merge_rules.items():
        if table not in {key.model._meta.label_lower for key in keys_to(Client)}:
            rule(merge)


def _move_contacts(merge: Merge) -> None:
    """One of two primary contacts stays it: that of the one whose name is kept."""
    owner = merge.gone if merge.choices.get("name") == "gone" else merge.kept
    for contact in Contact.objects.filter(client_id__in=[merge.kept.pk, merge.gone.pk], is_primary=True):
        if contact.client_id != owner.pk:
            merge.ledger.changed(merge.kept.pk, contact, {"is_primary": (True, False)})
            Contact.objects.filter(pk=contact.pk).update(is_primary=False)
    merge.move(Contact, "client_id", Contact.objects.filter(client_id=merge.gone.pk))


def _move_availability(merge: Merge) -> None:
    """Two weeks would overlap, so the kept one's stays where there is one."""
    if not Availability.objects.filter(client_id=merge.kept.pk).exists():
        merge.move(Availability, "client_id", Availability.objects.filter(client_id=merge.gone.pk))


register_rule("clients.contact", _move_contacts)
register_rule("clients.availability", _move_availability)


def _blank(value: Any) -> bool:
    return value in ("", None) or value == {} or value == []


def _merged_value(merge: Merge, name: str) -> Any:
    """The chosen one's value; what it lacks comes from the other."""
    kept, gone = getattr(merge.kept, name), getattr(merge.gone, name)
    if isinstance(kept, dict) and isinstance(gone, dict):
        return {**gone, **{key: value for key, value in kept.items() if not _blank(value)}}
    if merge.choices.get(name) == "gone":
        return gone
    return gone if _blank(kept) and name not in merge.choices else kept


def _take_values(merge: Merge) -> None:
    """The kept one's own columns, known and to come."""
    kept, gone = merge.kept, merge.gone
    values = {name: _merged_value(merge, name) for name in columns(Client) if name not in _LEFT}
    values["formerly"] = [*(kept.formerly or ()), str(gone.pk), *(gone.formerly or ())]
    merge.ledger.changed(kept.pk, kept, {name: (getattr(kept, name), value) for name, value in values.items()})
    moved = kept.status != values["status"]
    if moved:
        count(kept.account_id, kept.status, -1)
        count(kept.account_id, values["status"], +1)
    for name, value in values.items():
        setattr(kept, name, value)
    kept.sort_key, kept.updated_at = fold(kept.name)[:160], timezone.now()
    kept.save()


def _check(kept: Client, gone: Client, choices: dict[str, str]) -> None:
    if kept.pk == gone.pk:
        raise Invalid({"with": [_("Choose another one.")]})
    for name, chosen in choices.items():
        if name not in CHOOSABLE or chosen not in ("kept", "gone"):
            raise Invalid({"choices": [_("Choose one of: %(choices)s.", choices=", ".join(CHOOSABLE))]})


def merge(actor, kept: Client, gone: Client, choices: dict[str, str] | None = None) -> Change:
    """Make two clients one: everything of `gone` moves to `kept`, whose address the old one leads to.

    `choices` says of fields of CHOOSABLE whose value stays ("kept", "gone"); what the kept one lacks comes from the
    other. Raises Invalid, Forbidden. The change that it gives can be undone.
    """
    access.require(actor, permissions.MERGE)
    choices = choices or {}
    _check(kept, gone, choices)
    with transaction.atomic():
        locked = {row.pk: row for row in Client.objects.select_for_update().filter(pk__in=[kept.pk, gone.pk])}
        if len(locked) != 2:
            raise Invalid({"with": [_("It is not there any more.")]})
        kept, gone = locked[kept.pk], locked[gone.pk]
        data = {"kept": str(kept.pk), "merged": str(gone.pk)}
        change = begin(actor, "clients.merge", data=data, total=1)
        made = Merge(actor, kept, gone, choices, Ledger(change))
        _move_all(made)
        _remove(made)
        _take_values(made)
        summary.refresh_many([kept.pk])
        refresh([kept.pk])
        follow(actor, kept)
        record(actor, "client.merged", subject_id=kept.pk, client_id=kept.pk, data=data)
        made.ledger.close()
    return change


def _remove(merge: Merge) -> None:
    """Take the emptied row away, with what could not move, and leave a sign where it went."""
    gone, kept = merge.gone, merge.kept
    note_deletion(merge.ledger, Client, {gone.pk: kept.pk})
    count(gone.account_id, gone.status, -1)
    search_index.remove(summary.KIND, [gone.pk])
    Client.objects.filter(pk=gone.pk).delete()
    sign = MergedClient.objects.create(
        account_id=kept.account_id, former=gone.pk, into_id=kept.pk, merged_at=timezone.now()
    )  # fmt: skip
    merge.ledger.created(kept.pk, MergedClient, sign.pk, {"former": str(gone.pk)})
