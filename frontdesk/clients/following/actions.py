"""Following clients, and no longer."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from frontdesk.activity.spine import record, record_many
from frontdesk.core.errors import Invalid
from frontdesk.core.ids import uuid7s
from frontdesk.core.tenancy.bulk import bulk_insert
from frontdesk.core.text import gettext as _

from .. import access, permissions
from ..models import Client
from .models import ClientFollow, What
from .queries import follows

MOST = 1000


def checked(kinds: Iterable[str]) -> set[str]:
    """Kinds that can be followed; raises Invalid."""
    wanted = set(kinds)
    if not wanted <= set(What.values):
        raise Invalid({"follow": [_("Choose from the list.")]})
    return wanted


def follow(actor, client: Client, kinds: Iterable[str]) -> set[str]:
    """Follow exactly these kinds of a client that the actor has loaded; raises Invalid, Forbidden.

    The timeline says nothing of it, since it concerns nobody but the actor.
    """
    access.require(actor, permissions.FOLLOW)
    wanted = checked(kinds)
    with transaction.atomic():
        before = follows(actor.id, client.pk)
        if before != wanted:
            _change(actor, client.pk, before, wanted)
            data = {"client": str(client.pk), "follow": sorted(wanted)}
            record(actor, "client_follow.chosen", subject_id=client.pk, data=data)
    return wanted


def _change(actor, client_id: UUID, before: set[str], wanted: set[str]) -> None:
    gone = ClientFollow.objects.filter(member_id=actor.id, client_id=client_id, what__in=before - wanted)
    gone.delete()
    _insert(actor, [(client_id, what) for what in sorted(wanted - before)])


def _insert(actor, pairs: list[tuple[UUID, str]]) -> list[tuple[UUID, UUID, str]]:
    rows = [(pk, client_id, what) for pk, (client_id, what) in zip(uuid7s(len(pairs)), pairs, strict=True)]
    names = ("id", "client_id", "what", "member_id")
    bulk_insert(ClientFollow, names, [(*row, actor.id) for row in rows])
    return rows


def follow_as_well(actor, client_ids: Iterable[UUID], kinds: Iterable[str]) -> list[tuple[UUID, UUID, str]]:
    """Follow these kinds of clients in sight as well, in the caller's transaction; the new rows: id, client, kind."""
    ids, wanted = list(client_ids), sorted(kinds)
    there = Client.objects.select_for_update().filter(pk__in=ids).values_list("pk", flat=True)
    present = set(there)
    before: dict[UUID, set[str]] = {client_id: set() for client_id in ids if client_id in present}
    own = ClientFollow.objects.filter(member_id=actor.id, client_id__in=list(before))
    for client_id, what in own.values_list("client_id", "what"):
        before[client_id].add(what)
    pairs = [(client_id, what) for client_id, known in before.items() for what in wanted if what not in known]
    rows = _insert(actor, pairs)
    record_many(actor, "client_follow.chosen", [
        (client_id, None, {"client": str(client_id), "follow": sorted({*before[client_id], *wanted})})
        for client_id in dict.fromkeys(client_id for client_id, _what in pairs)
    ])  # fmt: skip
    return rows


def follow_many(actor, client_ids: list[UUID], kinds: Iterable[str]) -> int:
    """Follow these kinds of many clients as well, how many. Raises Invalid, Forbidden."""
    access.require(actor, permissions.FOLLOW)
    wanted = checked(kinds)
    if len(client_ids) > MOST:
        raise Invalid({"clients": [_("At most %(most)s at once.", most=MOST)]})
    with transaction.atomic():
        seen = list(access.clients_for(actor).filter(pk__in=client_ids).values_list("pk", flat=True))
        if len(seen) != len(set(client_ids)):
            raise Invalid({"clients": [_("Choose from the list.")]})
        follow_as_well(actor, seen, wanted)
    return len(seen)
