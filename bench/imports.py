"""The import of a workbook, everything included, against reading it and inserting the rows."""

import os
import resource
import time
from pathlib import Path
from random import Random

import xlsxwriter
from django.core.files import File

from frontdesk.clients.imports import actions
from frontdesk.clients.imports.models import State
from frontdesk.core.jobs import worker
from frontdesk.core.tenancy.context import account_context

from . import names
from .client import Failed
from .cpu import Backends, Meter
from .floor import database as bare
from .floor import importing
from .report import Report

MOST = 6
HEADINGS = ("Name", "Reference", "E-mail", "Phone")


def _workbook(path: Path, rows: int) -> None:
    """A file of clients, each with an e-mail address and a phone number that nobody else has."""
    random = Random(rows)
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADINGS)
        for number in range(rows):
            name = f"{random.choice(names.FIRST)} {random.choice(names.LAST)}"
            cells = (name, f"X-{number:06}", f"{name.split()[1].lower()}.{number}@example.org", f"+40722{number:06}")
            sheet.write_row(number + 1, 0, cells)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _seconds(work, *given) -> float:
    """CPU seconds of this process, of children that ended meanwhile, and of the database's processes."""
    meter, before = Meter(os.getpid(), Backends()), _children()
    meter.start()
    work(*given)
    return meter.seconds() + _children() - before


def _import(member, path: Path, rows: int) -> None:
    """Upload, check and run as a person does it, the background part included."""
    with account_context(member.account), path.open("rb") as file:
        source = actions.upload(member, File(file, name=path.name))
        source = actions.start_check(member, source)
        worker.run_due()
        source.refresh_from_db()
        actions.start(member, source)
        worker.run_due()
        source.refresh_from_db()
    if source.state != State.FINISHED or source.created != rows:
        raise Failed(f"the import ended {source.state} with {source.created} of {rows} clients")


def run(report: Report, data: Path, member, other, rows: int) -> None:
    """`member` imports through the application; the floor writes to the account of `other`."""
    path = data / "clients.xlsx"
    _workbook(path, rows)
    database = bare.connect()
    owner = [database.identifier(str(key)) for key in (other.account_id, other.pk)]
    floor = _seconds(importing.run, database, str(path), *owner)
    began = time.perf_counter()
    value = _seconds(_import, member, path, rows)
    report.note([f"{rows} clients imported in {time.perf_counter() - began:.1f} s"])
    report.add(f"import-{rows}", value, "s CPU", floor, MOST)
