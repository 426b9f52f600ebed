"""Going through the rows: a check that writes nothing, and the run, chunk by chunk.

Each chunk of a run is one transaction together with the position reached, so that a run which is killed goes
on where it was: no row is lost and none comes twice.
"""

import contextlib
from collections import Counter
from collections.abc import Iterator
from typing import cast
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Count
from django.utils import timezone

from frontdesk.accounts.models import MemberStatus, System
from frontdesk.activity.spine import record
from frontdesk.core import text
from frontdesk.core.ids import uuid7
from frontdesk.core.jobs.queue import keep_alive
from frontdesk.core.reader import in_language
from frontdesk.core.tables.reading import Table
from frontdesk.core.tenancy.bulk import bulk_insert, refresh_statistics, unmapped
from frontdesk.live.publishing import publish
from frontdesk.search.models import SearchEntry
from frontdesk.undo.ledger import Ledger
from frontdesk.undo.models import Change, ChangedRow
from frontdesk.undo.models import State as Changing

from .. import permissions
from ..custom.values import fields_in_use
from ..models import Address, Client, ClientTag, Contact, ContactPoint, CustomField
from . import storage, vocabulary
from .creating import create
from .drafts import Draft, Drafter
from .matching import NEW, REJECTED, SKIPPED, UPDATED, Decision, Matcher
from .models import ClientImport, ImportedClient, LeftOutRow, State
from .options import Options
from .updating import update

CHUNK = 1000
AT_ONCE = 2000
ATTEMPTS = 3
FAILURES = 5
_MANY = 5000
_LEFT_OUT = ("id", "source_id", "row", "rejected", "reasons")
_GROWN = (Client, Contact, ContactPoint, Address, ClientTag, SearchEntry, ImportedClient)


class Stale(Exception):
    """The import was cancelled or changed while this pass ran."""


def drafter(source: ClientImport, account) -> Drafter:
    """What turns the rows of an import into drafts."""
    options = Options(**source.options)
    return Drafter(source.mapping, options, vocabulary.load(account.pk), account.country, fields_in_use())


def decide_some(source: ClientImport, account, rows: list) -> list[Decision]:
    """What would become of a few rows from the start of the file, for a preview."""
    made = drafter(source, account)
    matcher = Matcher(source, Options(**source.options), remembers=True)
    return matcher.decide([made.draft(row) for row in rows])


@contextlib.contextmanager
def spoken_by(member) -> Iterator[None]:
    """Sentences are stored in the language of the person who imports, with the account's words."""
    own = member.user.language if member.user else ""
    words = text.use_words(member.account.words)
    try:
        with in_language(own or member.account.language):
            yield
    finally:
        text.release_words(words)


def _locked(source: ClientImport, state: str) -> ClientImport:
    """The import as it is now, held until the end of the transaction; raises Stale when this pass is over."""
    found = ClientImport.objects.select_for_update().get(pk=source.pk)
    if found.state != state or found.turn != source.turn:
        raise Stale
    return found


def _tell(found: ClientImport) -> None:
    """Let the pages of the person who imports show how far it has come."""
    if found.member_id:
        data = {"id": str(found.pk), "position": found.position, "rows": found.rows, "state": found.state}
        publish(found.account_id, f"me:{found.member_id}", "import", data)


def _advance(found: ClientImport, decisions: list[Decision]) -> None:
    outcomes = Counter(decision.outcome for decision in decisions)
    found.position += len(decisions)
    for outcome in (NEW, UPDATED, SKIPPED, REJECTED):
        setattr(found, outcome, getattr(found, outcome) + outcomes[outcome])
    found.failures = 0
    found.save(update_fields=["position", "failures", NEW, UPDATED, SKIPPED, REJECTED])
    _tell(found)


def _note_left_out(source: ClientImport, decisions: list[Decision]) -> None:
    rows = [
        (uuid7(), source.pk, decision.draft.number, decision.outcome == REJECTED, decision.reasons)
        for decision in decisions
        if decision.outcome in (SKIPPED, REJECTED)
    ]
    bulk_insert(LeftOutRow, _LEFT_OUT, rows)


def forget_left_out(source: ClientImport) -> None:
    """Delete what an earlier pass noted."""
    LeftOutRow.objects.filter(source_id=source.pk).delete()


def check(source: ClientImport, member, table: Table) -> None:
    """Decide every row and write nothing but the counts and the reasons; raises Stale."""
    _restart_check(source)
    made = drafter(source, member.account)
    matcher = Matcher(source, Options(**source.options), remembers=True)
    position = 0
    while position < len(table):
        drafts = [made.draft(row) for row in table.rows(position, position + CHUNK)]
        decisions = matcher.decide(drafts)
        with transaction.atomic():
            found = _locked(source, State.CHECKING)
            _note_left_out(source, decisions)
            _advance(found, decisions)
            keep_alive()
        position += len(drafts)
    with transaction.atomic():
        found = _locked(source, State.CHECKING)
        found.state = State.CHECKED
        found.save(update_fields=["state"])
        _tell(found)


def _restart_check(source: ClientImport) -> None:
    """A check remembers the rows before in memory only, so it begins anew."""
    with transaction.atomic():
        found = _locked(source, State.CHECKING)
        forget_left_out(source)
        found.position = found.created = found.updated = found.skipped = found.rejected = 0
        found.save(update_fields=["position", NEW, UPDATED, SKIPPED, REJECTED])


def run(source: ClientImport, member, table: Table) -> None:
    """Import the rows from the position reached; raises Stale, and what stopped a chunk."""
    made = drafter(source, member.account)
    matcher = Matcher(source, Options(**source.options), remembers=False)
    position = source.position
    while position < len(table):
        _stop_without_right(source, member)
        drafts = [made.draft(row) for row in table.rows(position, position + CHUNK)]
        position = _chunk_with_attempts(source, member, matcher, drafts, position, made.fields)
    _finish(source, member)


def _stop_without_right(source: ClientImport, member) -> None:
    """Cancel the run of a person who has lost the right since they started it; raises Stale then."""
    member.refresh_from_db(fields=["role", "status"])
    if member.status == MemberStatus.ACTIVE and member.may(permissions.IMPORT):
        return
    with transaction.atomic():
        close(System(member.account), _locked(source, State.RUNNING), State.CANCELLED)
    raise Stale


def _chunk_with_attempts(
    source: ClientImport, member, matcher: Matcher, drafts: list[Draft], position: int, fields: list[CustomField]
) -> int:
    """A client added by somebody at the same moment may bear a reference of this chunk: then decide again."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return _chunk(source, member, matcher, drafts, position, fields)
        except IntegrityError:
            if attempt == ATTEMPTS:
                raise
    raise AssertionError("unreachable")


def _chunk(
    source: ClientImport, member, matcher: Matcher, drafts: list[Draft], position: int, fields: list[CustomField]
) -> int:
    with transaction.atomic():
        found = _locked(source, State.RUNNING)
        if found.position != position:
            # Another worker took this run over and has done more.
            raise Stale
        decisions = matcher.decide(drafts)
        ledger = Ledger(cast(Change, found.change))
        create(member, source, [decision for decision in decisions if decision.outcome == NEW], fields, ledger)
        update(member, source, [decision for decision in decisions if decision.outcome == UPDATED], fields, ledger)
        ledger.write()
        _note_left_out(source, decisions)
        _advance(found, decisions)
        keep_alive(progressed=True)
    return found.position


def _finish(source: ClientImport, member) -> None:
    with transaction.atomic():
        found = _locked(source, State.RUNNING)
        close(member, found, State.FINISHED)
    if found.created + found.updated >= _MANY:
        refresh_statistics(_GROWN)


def close(actor, found: ClientImport, state: State) -> None:
    """End an import and record how; in the transaction of its cause."""
    found.state, found.ended_at = state, timezone.now()
    found.save(update_fields=["state", "ended_at"])
    _tell(found)
    if found.change_id:
        touched = ChangedRow.objects.filter(change_id=found.change_id).aggregate(Count("about", distinct=True))
        change = Change.objects.filter(pk=found.change_id)
        records = touched["about__count"]
        change.update(state=Changing.DONE, records=records, total=records, at=timezone.now())
    data = {name: getattr(found, name) for name in (NEW, UPDATED, SKIPPED, REJECTED)}
    verb = {State.FINISHED: "import.finished", State.CANCELLED: "import.cancelled", State.FAILED: "import.failed"}[
        state
    ]
    record(actor, verb, subject_id=found.pk, data={**data, "rows": found.rows})


def note_failure(import_id: UUID, turn: int) -> None:
    """Count a pass that broke; after FAILURES in a row without a chunk done, the import is given up."""
    with transaction.atomic():
        found = ClientImport.objects.select_for_update().filter(pk=import_id).first()
        if found is None or not found.is_working or found.turn != turn:
            return
        found.failures += 1
        found.save(update_fields=["failures"])
        if found.failures >= FAILURES:
            close(System(found.account), found, State.FAILED)


def give_up_abandoned(source: ClientImport) -> None:
    """End an import whose background run is gone for good, so that a person can let it go on."""
    with transaction.atomic(), contextlib.suppress(Stale):
        found = _locked(source, source.state)
        close(System(source.account), found, State.FAILED)


def go_on(import_id: UUID, turn: int) -> None:
    """Do the pass that an import waits for; nothing when it is over. Raises what stopped it."""
    source = ClientImport.objects.select_related("member__account", "member__user").filter(pk=import_id).first()
    if source is None or source.member is None or not source.is_working or source.turn != turn:
        return
    step = check if source.state == State.CHECKING else run
    with spoken_by(source.member), unmapped(), storage.rows(import_id) as table, contextlib.suppress(Stale):
        step(source, source.member, table)
