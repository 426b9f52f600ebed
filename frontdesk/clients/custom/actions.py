"""What can be done with the account's own fields of clients."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction

from frontdesk.activity.spine import record
from frontdesk.core.checks import Errors
from frontdesk.core.errors import Missing
from frontdesk.core.fold import fold
from frontdesk.core.ids import uuid7
from frontdesk.core.text import gettext as _

from .. import access, permissions
from .models import CustomField, FieldKind

MOST_FIELDS = 60
MOST_OPTIONS = 100


@dataclass
class OptionInput:
    """A choice as typed; `id` of one that is there already."""

    label: str
    id: str = ""


@dataclass
class FieldInput:
    """A field as typed; `kind` is chosen once, since the values depend on it."""

    label: str
    kind: str = FieldKind.TEXT.value
    help: str = ""
    required: bool = False
    options: list[OptionInput] = field(default_factory=list)


def get_field(actor, field_id: UUID) -> CustomField:
    """One of the account's fields; raises Missing, Forbidden."""
    access.require(actor, permissions.FIELDS)
    found = CustomField.objects.filter(pk=field_id).first()
    if found is None:
        raise Missing("field")
    return found


def _options(errors: Errors, typed: FieldInput, present: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The choices in the order typed; those that were there and are not typed are no longer offered."""
    known = {option["id"]: option for option in present}
    by_name = {fold(option["label"]): option for option in present}
    made: dict[str, dict[str, Any]] = {}
    for number, option in enumerate(typed.options[:MOST_OPTIONS]):
        label = errors.line(f"options.{number}", option.label, 80)
        same: dict[str, Any] = known.get(option.id) or by_name.get(fold(label)) or {"id": str(uuid7())}
        if label and fold(label) in {fold(str(one["label"])) for one in made.values()}:
            errors.add(f"options.{number}", _("This choice is there already."))
        elif label:
            made[same["id"]] = {"id": same["id"], "label": label, "archived": False}
    if not made and not errors.found:
        errors.add("options", _("Write at least one choice."))
    if len(typed.options) > MOST_OPTIONS:
        errors.add("options", _("At most %(most)s are allowed.", most=MOST_OPTIONS))
    return [*made.values(), *({**one, "archived": True} for one in present if one["id"] not in made)]


def _checked(typed: FieldInput, kind: str, present: CustomField | None = None) -> dict:
    errors = Errors()
    values: dict[str, Any] = {
        "label": errors.line("label", typed.label, 80, required=True),
        "help": errors.line("help", typed.help, 200),
        "required": bool(typed.required),
    }
    errors.choice("kind", kind, FieldKind)
    others = CustomField.objects.exclude(pk=present.pk if present else None)
    if fold(values["label"]) in {fold(label) for label in others.values_list("label", flat=True)}:
        errors.add("label", _("Another field has this name."))
    if kind == FieldKind.CHOICE:
        values["options"] = _options(errors, typed, present.options if present else [])
    errors.raise_any()
    return values


def add_field(actor, typed: FieldInput) -> CustomField:
    """Add a field, as the last one; raises Invalid, Forbidden."""
    access.require(actor, permissions.FIELDS)
    values = _checked(typed, typed.kind)
    with transaction.atomic():
        positions = list(CustomField.objects.values_list("position", flat=True))
        if len(positions) >= MOST_FIELDS:
            errors = Errors()
            errors.add("label", _("At most %(most)s are allowed.", most=MOST_FIELDS))
            errors.raise_any()
        position = max(positions, default=0) + 1
        made = CustomField.objects.create(account_id=actor.account_id, kind=typed.kind, position=position, **values)
        record(actor, "client_field.added", subject_id=made.pk, data={"field": str(made.pk), "kind": made.kind})
    return made


def update_field(actor, found: CustomField, typed: FieldInput) -> CustomField:
    """Change a field that `get_field` gave, but not its kind; raises Invalid, Forbidden."""
    access.require(actor, permissions.FIELDS)
    values = _checked(typed, found.kind, found)
    changed = [name for name, value in values.items() if getattr(found, name) != value]
    if not changed:
        return found
    for name in changed:
        setattr(found, name, values[name])
    with transaction.atomic():
        found.save(update_fields=changed)
        record(
            actor,
            "client_field.changed",
            subject_id=found.pk,
            data={"field": str(found.pk), "changed": sorted(changed)},
        )
    return found


def archive_field(actor, found: CustomField, archived: bool = True) -> CustomField:
    """Take a field out of use or back into it; clients keep its values. Raises Forbidden."""
    access.require(actor, permissions.FIELDS)
    if found.archived == archived:
        return found
    found.archived = archived
    with transaction.atomic():
        found.save(update_fields=["archived"])
        verb = "client_field.archived" if archived else "client_field.restored"
        record(actor, verb, subject_id=found.pk, data={"field": str(found.pk)})
    return found


def order_fields(actor, ids: list[UUID]) -> None:
    """Put the fields in this order; those left out come after. Raises Missing for an unknown one, Forbidden."""
    access.require(actor, permissions.FIELDS)
    with transaction.atomic():
        present = list(CustomField.objects.select_for_update().order_by("position", "id"))
        known = {one.pk: one for one in present}
        if not set(ids) <= set(known):
            raise Missing("field")
        wanted = [*dict.fromkeys(ids), *(one.pk for one in present if one.pk not in set(ids))]
        if wanted == list(known):
            return
        for position, field_id in enumerate(wanted, 1):
            known[field_id].position = position
        CustomField.objects.bulk_update(present, ["position"])
        record(actor, "client_field.ordered")


def move_field(actor, found: CustomField, by: int) -> None:
    """Move a field up (-1) or down (+1) among those in the same state; raises Forbidden."""
    order = list(CustomField.objects.order_by("position", "id").values_list("pk", "archived"))
    peers = [pk for pk, archived in order if archived == found.archived]
    place = peers.index(found.pk)
    target = min(max(place + by, 0), len(peers) - 1)
    peers.insert(target, peers.pop(place))
    order_fields(actor, [*peers, *(pk for pk, archived in order if archived != found.archived)])
