"""Finding the first broken seal."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from ..models import Activity, Seal, Verification
from .chain import FIELDS, FIRST_HASH, chain_hash
from .sealing import LATE_SECONDS, ago

ROWS_AT_ONCE = 2000


@dataclass(frozen=True)
class Fault:
    """`kind` is changed_entry, missing_entry, added_entry or changed_seal; `entry` the id where one is known."""

    kind: str
    seal: int
    entry: UUID | None = None


@dataclass(frozen=True)
class Result:
    """What a full check saw."""

    seals: int
    entries: int
    fault: Fault | None


def _seals() -> Iterator[Seal]:
    return Seal.objects.order_by("number").iterator(50)


def _next_previous(number: int) -> str | None:
    """What the seal after holds as the hash of this one."""
    return Seal.objects.filter(number=number + 1).values_list("previous_hash", flat=True).first()


def _seal_fault(seal: Seal, number: int, previous: str) -> Fault | None:
    if seal.number != number or seal.previous_hash != previous:
        return Fault("changed_seal", number)
    missing = {UUID(hex=entry) for entry in seal.covered}
    rows = sorted(Activity.objects.filter(id__in=missing).values(*FIELDS), key=lambda row: row["id"])
    missing -= {row["id"] for row in rows}
    if missing:
        return Fault("missing_entry", number, min(missing))
    computed = chain_hash(number, previous, rows)
    if computed != seal.hash:
        return Fault("changed_seal" if computed == _next_previous(number) else "changed_entry", number)
    return None


def _added(covered: set[bytes], last: UUID) -> UUID | None:
    """The first activity among what must be sealed that no seal covers."""
    bound = min(last, ago(LATE_SECONDS))
    ids = Activity.objects.filter(id__lte=bound).order_by("id").values_list("id", flat=True)
    return next((entry for entry in ids.iterator(ROWS_AT_ONCE) if entry.bytes not in covered), None)


def _place_of(entry: UUID) -> int:
    """The number of the seal that an added activity would belong to."""
    after = Seal.objects.filter(last__gte=entry).order_by("number").values_list("number", flat=True)
    return after.first() or 0


def check(progress: Callable[[int], None] = lambda seals: None) -> Result:
    """Recompute the chain of the account in context; the first fault, or None. `progress` hears of each seal."""
    covered: set[bytes] = set()
    number, previous, last = 0, FIRST_HASH, UUID(int=0)
    for seal in _seals():
        fault = _seal_fault(seal, number + 1, previous)
        if fault:
            return Result(number, len(covered), fault)
        number, previous, last = seal.number, seal.hash, seal.last
        covered.update(bytes.fromhex(entry) for entry in seal.covered)
        progress(number)
    added = _added(covered, last)
    fault = Fault("added_entry", _place_of(added), added) if added else None
    return Result(number, len(covered), fault)


def verify(progress: Callable[[int], None] = lambda seals: None) -> Verification:
    """Check the account in context and keep the result for the page of the log."""
    result = check(progress)
    values = {
        "checked_at": timezone.now(), "seals": result.seals, "entries": result.entries,
        "fault": result.fault.kind if result.fault else "", "broken_seal": result.fault.seal if result.fault else None,
        "running_since": None, "done": 0,
    }  # fmt: skip
    return Verification.objects.update_or_create(defaults=values)[0]
