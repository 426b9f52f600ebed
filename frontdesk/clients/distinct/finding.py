"""Finding likely duplicates: clients with the same e-mail address or number, or the same name and date.

Values that several rows share are read from an index alone, in its order, and paged by it; so a page costs the same
however many clients there are, apart from walking past values that nobody shares. A page is about one way of being
alike and as many shared values as groups are asked for: it may hold fewer groups, and the next one goes on.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import combinations
from uuid import UUID

from django.db.models import Count

from frontdesk.core.paging import decode, encode

from .. import access, permissions
from ..custom.models import FieldKind
from ..custom.values import fields_in_use
from ..models import Client, ContactPoint
from .models import NotDuplicate

# A value that more share belongs to a house or an office, and says nothing about two of them.
MOST = 8
SHOWN = ("id", "name", "kind", "status", "email", "phone", "reference", "created_at")
Pair = frozenset[UUID]


@dataclass
class Group:
    """Clients that are alike, and by what: `email`, `phone` or `name`, with the value."""

    clients: list[dict]
    reasons: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Found:
    """Groups, and the cursor where looking goes on (None at the end)."""

    groups: list[Group]
    after: str | None


def _shared_points(after: str, most: int) -> list[str]:
    """The next e-mail addresses and numbers that stand more than once, by the index on them."""
    found = ContactPoint.objects.filter(normal__gt=after).values("normal").annotate(times=Count("*"))
    return list(found.filter(times__gt=1).order_by("normal").values_list("normal", flat=True)[:most])


def _owners_of_points(values: list[str]) -> dict[tuple[str, str], set[UUID]]:
    owners: dict[tuple[str, str], set[UUID]] = defaultdict(set)
    rows = ContactPoint.objects.filter(normal__in=values).values_list("kind", "normal", "contact__client_id")
    for kind, normal, client_id in rows:
        owners[kind, normal].add(client_id)
    return owners


def _dates() -> list[str]:
    """The ids of the account's own fields that hold a date."""
    return [str(one.pk) for one in fields_in_use() if one.kind == FieldKind.DATE]


def _shared_names(after: str, most: int) -> list[str]:
    """The next names that stand more than once; none where the account notes no dates to compare."""
    if not _dates():
        return []
    found = Client.objects.filter(sort_key__gt=after).values("sort_key").annotate(times=Count("*"))
    return list(found.filter(times__gt=1).order_by("sort_key").values_list("sort_key", flat=True)[:most])


def _owners_of_names(values: list[str]) -> dict[tuple[str, str], set[UUID]]:
    dates = _dates()
    owners: dict[tuple, set[UUID]] = defaultdict(set)
    for pk, key, custom in Client.objects.filter(sort_key__in=values).values_list("pk", "sort_key", "custom"):
        for own in dates:
            if custom.get(own):
                owners[key, own, custom[own]].add(pk)
    return {("name", f"{key}\0{own}\0{day}"): ids for (key, own, day), ids in owners.items()}


@dataclass(frozen=True)
class _Way:
    """A way of being alike: the next shared values after one, and whose they are."""

    shared: Callable[[str, int], list[str]]
    owners: Callable[[list[str]], dict[tuple[str, str], set[UUID]]]


WAYS = {"point": _Way(_shared_points, _owners_of_points), "name": _Way(_shared_names, _owners_of_names)}


def _told_apart(ids: Iterable[UUID]) -> set[Pair]:
    wanted = list(ids)
    rows = NotDuplicate.objects.filter(one_id__in=wanted, other_id__in=wanted).values_list("one_id", "other_id")
    return {frozenset(pair) for pair in rows}


def _rows(actor, ids: Iterable[UUID]) -> dict[UUID, dict]:
    found = access.clients_for(actor).filter(pk__in=list(ids)).values(*SHOWN)
    return {row["id"]: row for row in found}


def _groups(actor, owners: dict[tuple[str, str], set[UUID]]) -> list[Group]:
    few = {reason: ids for reason, ids in owners.items() if 1 < len(ids) <= MOST}
    everybody = set().union(*few.values()) if few else set()
    rows, apart = (_rows(actor, everybody), _told_apart(everybody)) if few else ({}, set())
    made: dict[frozenset[UUID], Group] = {}
    for reason, ids in sorted(few.items()):
        here = frozenset(ids & set(rows))
        if any(frozenset(pair) not in apart for pair in combinations(here, 2)):
            alike = made.setdefault(here, Group(sorted((rows[pk] for pk in here), key=lambda row: row["id"])))
            alike.reasons.append(("name", alike.clients[0]["name"]) if reason[0] == "name" else reason)
    return list(made.values())


def _start(cursor: str) -> tuple[str, str]:
    way, value = decode(cursor, 2) if cursor else ("point", "")
    return (way, value) if way in WAYS and isinstance(value, str) else ("point", "")


def _further(way: str, values: list[str], limit: int) -> str | None:
    """Where looking goes on after these values: the next ones, then the other way, then nowhere."""
    if len(values) == limit:
        return encode([way, values[-1]])
    return encode(["name", ""]) if way == "point" and _dates() else None


def likely(actor, after: str = "", limit: int = 50) -> Found:
    """Groups of clients that are likely the same; raises Invalid for a bad cursor, Forbidden."""
    access.require(actor, permissions.MERGE)
    way, value = _start(after)
    values = WAYS[way].shared(value, limit)
    return Found(_groups(actor, WAYS[way].owners(values)), _further(way, values, limit))
