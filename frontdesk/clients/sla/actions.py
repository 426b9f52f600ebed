"""Agreeing on times, and the one question that others ask of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from frontdesk.activity.spine import record
from frontdesk.core.checks import Errors
from frontdesk.core.text import gettext as _

from .. import access, permissions
from ..models import Client
from .models import Priority, ServiceLevel

KINDS = ("response", "resolution")
LONGEST = 60 * 24 * 366


@dataclass(frozen=True)
class Sla:
    """Until when, from the start, there is an answer and a solution; None where nothing was agreed."""

    response: timedelta | None
    resolution: timedelta | None


def times_of(client: Client | None) -> dict:
    """What was agreed with a client, or for the account when it is None."""
    found = ServiceLevel.objects.filter(client_id=client.pk if client else None).first()
    return found.times if found else {}


def merged(own: Mapping, default: Mapping) -> dict:
    """A client's times, with the account's where it has none."""
    return {priority: {**default.get(priority, {}), **own.get(priority, {})} for priority in Priority.values}


def sla_for(client: Client, priority: str) -> Sla:
    """The times that count for a client's request or job of a priority; one query."""
    rows = ServiceLevel.objects.filter(Q(client_id=client.pk) | Q(client_id=None)).values_list("client_id", "times")
    found: dict = dict(rows)
    times = merged(found.get(client.pk, {}), found.get(None, {}))[Priority(priority).value]
    return Sla(*(timedelta(minutes=times[kind]) if kind in times else None for kind in KINDS))


def _minutes(errors: Errors, path: str, value: int | None) -> int | None:
    if value is None:
        return None
    if not 0 < value <= LONGEST:
        errors.add(path, _("From one minute to a year."))
    return value


def _checked(times: Mapping[str, Mapping[str, int | None]]) -> dict:
    errors, made = Errors(), {}
    for priority, typed in times.items():
        if priority not in Priority.values:
            errors.add(priority, _("Choose one of: %(choices)s.", choices=", ".join(Priority.values)))
            continue
        values = {kind: _minutes(errors, f"{priority}.{kind}", typed.get(kind)) for kind in KINDS}
        kept = {kind: minutes for kind, minutes in values.items() if minutes is not None}
        if len(kept) == len(KINDS) and kept["resolution"] < kept["response"]:
            errors.add(f"{priority}.resolution", _("The solution cannot come before the answer."))
        if kept:
            made[priority] = kept
    errors.raise_any()
    return made


def set_times(actor, client: Client | None, times: Mapping[str, Mapping[str, int | None]]) -> dict:
    """Replace the times (minutes by priority and kind) of a client, or the account's; raises Invalid, Forbidden."""
    access.require(actor, permissions.EDIT if client else permissions.SLA)
    checked = _checked(times)
    client_id = client.pk if client else None
    with transaction.atomic():
        found = ServiceLevel.objects.select_for_update().filter(client_id=client_id).first()
        if (found.times if found else {}) == checked:
            return checked
        found = found or ServiceLevel(account_id=actor.account_id, client_id=client_id)
        found.times = checked
        found.save()
        verb = "client.sla" if client else "sla.changed"
        record(actor, verb, subject_id=client_id, client_id=client_id)
    return checked
