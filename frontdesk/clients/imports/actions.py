"""The verbs of an import: upload, choose a sheet and the columns, start, cancel."""

from pathlib import PurePath
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from frontdesk.activity.spine import record
from frontdesk.core.checks import Errors
from frontdesk.core.errors import Conflict
from frontdesk.core.fold import clean
from frontdesk.core.ids import uuid7
from frontdesk.core.jobs.queue import enqueue
from frontdesk.core.tables.reading import Table
from frontdesk.core.text import gettext as _
from frontdesk.undo.ledger import begin
from frontdesk.undo.models import Change
from frontdesk.undo.models import State as Changing

from .. import access, permissions
from . import guessing, options, running, storage
from .jobs import work
from .models import ClientImport, State
from .options import Options

SAMPLES = 3
SAMPLE_ROWS = 50


def _samples(table: Table) -> list[list[str]]:
    """The first cells that hold something, of each column."""
    found: list[list[str]] = [[] for _column in table.columns]
    for row in table.rows(0, SAMPLE_ROWS):
        for cells, cell in zip(found, row.cells, strict=True):
            if cell and len(cells) < SAMPLES and cell[:80] not in cells:
                cells.append(cell[:80])
    return found


def _describe(actor, source: ClientImport, table: Table) -> None:
    """Take over what a table says of itself, and guess or recall its columns."""
    source.columns, source.rows, source.samples = table.columns, len(table), _samples(table)
    source.sheets, source.sheet = table.sheets, table.sheet or ""
    known = guessing.remembered(table.columns)
    if known:
        source.mapping, source.options = known.mapping, Options(**known.options).as_json()
        return
    source.mapping = guessing.guess(table.columns)
    source.options = options.likely(source.mapping, actor.account.country).as_json()


def upload(actor, file, sheet: str = "") -> ClientImport:
    """Keep an uploaded file and read its rows (of `sheet`, else of the first sheet with content).

    Raises TableRefused, Forbidden. Nothing stays of a refused file.
    """
    access.require(actor, permissions.IMPORT)
    import_id = uuid7()
    name = clean(PurePath((file.name or "").replace("\\", "/")).name)[-200:]
    try:
        storage.keep(import_id, file)
        source = ClientImport(id=import_id, account_id=actor.account_id, member_id=actor.id, filename=name)
        with storage.spool(import_id, name, sheet or None) as table:
            _describe(actor, source, table)
        source.save(force_insert=True)
    except BaseException:
        storage.forget(import_id)
        raise
    return source


def choose_sheet(actor, source: ClientImport, sheet: str) -> ClientImport:
    """Take another sheet of the workbook; raises TableRefused, Conflict, Forbidden."""
    access.require(actor, permissions.IMPORT)
    if not source.is_open or not source.file_kept:
        raise _too_late()
    with storage.spool(source.pk, source.filename, sheet) as table:
        _describe(actor, source, table)
    with transaction.atomic():
        found = _open(source.pk)
        for name in ("columns", "rows", "samples", "sheets", "sheet", "mapping", "options"):
            setattr(found, name, getattr(source, name))
        found.state, found.turn = State.UPLOADED, found.turn + 1
        found.save()
    return found


def _too_late() -> Conflict:
    return Conflict(_("This import was started or ended already. Upload the file again to import it anew."))


def _open(import_id: UUID) -> ClientImport:
    found = ClientImport.objects.select_for_update().get(pk=import_id)
    if not found.is_open or not found.file_kept:
        raise _too_late()
    return found


def set_columns(actor, source: ClientImport, mapping: list[str], chosen: Options) -> ClientImport:
    """Say which column is which and what becomes of known clients; remembered for files with the same headings.

    Raises Invalid naming each wrong place, Conflict, Forbidden.
    """
    access.require(actor, permissions.IMPORT)
    chosen.country = chosen.country.upper()
    errors = Errors()
    options.check(errors, source.columns, mapping, chosen)
    errors.raise_any()
    with transaction.atomic():
        found = _open(source.pk)
        if len(mapping) != len(found.columns):
            raise _too_late()
        found.mapping, found.options = mapping, chosen.as_json()
        found.state, found.turn = State.UPLOADED, found.turn + 1
        found.save(update_fields=["mapping", "options", "state", "turn"])
        guessing.remember(actor.account_id, found.columns, mapping, found.options)
    return found


def start_check(actor, source: ClientImport) -> ClientImport:
    """Find out what would become of every row: at once for a short file, else in the background.

    Raises Invalid for columns that do not do, Conflict, Forbidden.
    """
    access.require(actor, permissions.IMPORT)
    errors = Errors()
    options.check(errors, source.columns, source.mapping, Options(**source.options))
    errors.raise_any()
    with transaction.atomic():
        found = _open(source.pk)
        found.state, found.turn, found.position = State.CHECKING, found.turn + 1, 0
        found.member_id = actor.id
        found.save(update_fields=["state", "turn", "position", "member_id"])
        if found.rows > running.AT_ONCE:
            enqueue(work, import_id=str(found.pk), turn=found.turn)
    if found.rows <= running.AT_ONCE:
        running.go_on(found.pk, found.turn)
        found.refresh_from_db()
    return found


def start(actor, source: ClientImport) -> ClientImport:
    """Import what was checked, or go on with an import that an error stopped.

    Raises Conflict when it is running or over already, or was not checked; Forbidden.
    """
    access.require(actor, permissions.IMPORT)
    with transaction.atomic():
        found = ClientImport.objects.select_for_update().get(pk=source.pk)
        goes_on = found.state == State.FAILED and found.started_at and found.file_kept
        if found.state != State.CHECKED and not goes_on:
            raise Conflict(_("This import cannot be started now."))
        if goes_on:
            _take_up_again(found)
        else:
            _prepare(found)
            record(actor, "import.started", subject_id=found.pk, data={"rows": found.rows})
        found.state, found.turn, found.failures = State.RUNNING, found.turn + 1, 0
        found.member_id, found.ended_at = actor.id, None
        if found.change is None:
            found.change = begin(actor, "clients.import", data={"import": str(found.pk)}, state=Changing.WORKING)
        found.save()
        enqueue(work, import_id=str(found.pk), turn=found.turn)
    return found


def _take_up_again(found: ClientImport) -> None:
    if found.change is None:
        return
    change = Change.objects.select_for_update().get(pk=found.change.pk)
    if change.state != Changing.DONE:
        raise Conflict(_("This import was undone. Upload the file again to import it anew."))
    change.state = Changing.WORKING
    change.save(update_fields=["state"])


def _prepare(found: ClientImport) -> None:
    running.forget_left_out(found)
    found.position = found.created = found.updated = found.skipped = found.rejected = 0
    found.started_at = timezone.now()


def cancel(actor, source: ClientImport) -> ClientImport:
    """Stop an import; what was imported stays. Raises Conflict when it is over, Forbidden."""
    access.require(actor, permissions.IMPORT)
    with transaction.atomic():
        found = ClientImport.objects.select_for_update().get(pk=source.pk)
        if found.is_over:
            raise Conflict(_("This import is over already."))
        if not found.started_at:
            found.created = found.updated = found.skipped = found.rejected = found.position = 0
            found.save()
        running.close(actor, found, State.CANCELLED)
    return found
