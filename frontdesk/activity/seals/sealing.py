"""Covering what was written: runs beside the writers, which never wait for it."""

import time
from uuid import UUID

import structlog
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from frontdesk.core.ids import uuid7_floor
from frontdesk.core.tenancy.context import account_context, across_accounts

from ..models import Activity, Seal
from .chain import FIELDS, FIRST_HASH, chain_hash

log = structlog.get_logger("activity")
SETTLED_SECONDS = 60
# A transaction that commits later than this leaves its activities unsealed, and the check says so.
LATE_SECONDS = 3600
BATCH = 1000
_ZERO = UUID(int=0)


def ago(seconds: int) -> UUID:
    """The smallest id of the moment that many seconds before now."""
    return uuid7_floor(int((time.time() - seconds) * 1000))


def last_seal() -> Seal | None:
    """The newest seal of the account in context."""
    return Seal.objects.order_by("-number").first()


def _window(last: Seal | None) -> UUID:
    """Everything up to this id is sealed and can no longer grow."""
    return min(last.last, ago(LATE_SECONDS)) if last else _ZERO


def _covered_since(start: UUID) -> set[str]:
    recent = Seal.objects.filter(last__gt=start).values_list("covered", flat=True)
    return {entry for covered in recent for entry in covered}


def _open_batches():
    """The account's settled activities that no seal covers, in order, up to BATCH at a time."""
    start = _window(last_seal())
    known = _covered_since(start)
    settled = Activity.objects.filter(id__gt=start, id__lte=ago(SETTLED_SECONDS)).order_by("id")
    batch = []
    for row in settled.values(*FIELDS).iterator(BATCH):
        if row["id"].hex not in known:
            batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _add_seal(rows: list[dict]) -> None:
    with transaction.atomic():
        last = last_seal()
        number, previous = (last.number + 1, last.hash) if last else (1, FIRST_HASH)
        newest = max(rows[-1]["id"], last.last) if last else rows[-1]["id"]
        Seal.objects.create(
            number=number, covered=[row["id"].hex for row in rows], last=newest, previous_hash=previous,
            hash=chain_hash(number, previous, rows),
        )  # fmt: skip


def seal_account(account_id: UUID) -> int:
    """Seal an account's settled activities; the number of new seals. Another worker's seal is left as it is."""
    count = 0
    with account_context(account_id):
        for rows in list(_open_batches()):
            try:
                _add_seal(rows)
            except IntegrityError:
                break
            count += 1
    return count


def _accounts_due() -> QuerySet:
    """Accounts with settled activities after their newest seal, or with any young enough to come late."""
    newest = Seal.objects.filter(account=OuterRef("pk")).order_by("-number").values("last")[:1]
    settled = Activity.objects.filter(account=OuterRef("pk"), id__lte=ago(SETTLED_SECONDS))
    accounts = Activity._meta.get_field("account").related_model.objects
    sealed_to = accounts.annotate(sealed_to=Coalesce(Subquery(newest), _ZERO)).order_by("pk")
    unsealed = Exists(settled.filter(id__gt=OuterRef("sealed_to")))
    return sealed_to.filter(Q(unsealed) | Q(Exists(settled.filter(id__gt=ago(LATE_SECONDS)))))


def seal_all() -> int:
    """Seal every account that has something to seal; the number of new seals."""
    with across_accounts():
        due = list(_accounts_due().values_list("pk", flat=True))
    count = 0
    for account_id in due:
        try:
            count += seal_account(account_id)
        except Exception:
            log.exception("sealing failed", account=str(account_id))
    return count
