"""Saying that clients are not the same."""

from itertools import combinations
from uuid import UUID

from django.db import transaction

from frontdesk.activity.spine import record
from frontdesk.core.errors import Invalid
from frontdesk.core.text import gettext as _
from frontdesk.undo.ledger import Ledger, begin
from frontdesk.undo.models import Change

from .. import access, permissions
from ..merging.registry import register_rule
from ..models import Client
from .finding import MOST
from .models import NotDuplicate


def tell_apart(actor, client_ids: list[UUID]) -> Change:
    """Remember that these clients are not the same, each pair; the change it gives can be undone.

    Raises Invalid for fewer than two, too many, or one that the actor does not see; Forbidden.
    """
    access.require(actor, permissions.MERGE)
    wanted = sorted(set(client_ids))
    if not 2 <= len(wanted) <= MOST or access.clients_for(actor).filter(pk__in=wanted).count() != len(wanted):
        raise Invalid({"clients": [_("Choose two to %(most)s %(clients)s that are there.", most=MOST)]})
    with transaction.atomic():
        # Two who say so at once wait for each other here.
        list(Client.objects.select_for_update().filter(pk__in=wanted).order_by("pk"))
        change = begin(actor, "clients.distinct", total=len(wanted))
        ledger = Ledger(change)
        for one, other in _new_pairs(wanted):
            made = NotDuplicate.objects.create(account_id=actor.account_id, one_id=one, other_id=other)
            ledger.created(wanted[0], NotDuplicate, made.pk, {"one_id": str(one), "other_id": str(other)})
        record(actor, "client.told_apart", subject_id=wanted[0], data={"clients": [str(one) for one in wanted]})
        ledger.close()
    return change


def _new_pairs(ids: list[UUID]) -> list[tuple[UUID, UUID]]:
    known = NotDuplicate.objects.filter(one_id__in=ids, other_id__in=ids).values_list("one_id", "other_id")
    present = {frozenset(pair) for pair in known}
    return [pair for pair in combinations(ids, 2) if frozenset(pair) not in present]


def _move(merge) -> None:
    """Whoever was not the one that goes is not the kept one either; a pair of both says nothing any more."""
    for name, far in (("one_id", "other_id"), ("other_id", "one_id")):
        kept = NotDuplicate.objects.filter(**{far: merge.kept.pk}).values_list(name, flat=True)
        near = {*kept, *NotDuplicate.objects.filter(**{name: merge.kept.pk}).values_list(far, flat=True), merge.kept.pk}
        rows = NotDuplicate.objects.filter(**{name: merge.gone.pk}).exclude(**{f"{far}__in": near})
        merge.move(NotDuplicate, name, rows)


register_rule("clients.notduplicate", _move)
