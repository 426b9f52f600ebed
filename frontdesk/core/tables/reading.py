"""Opening uploaded tables: `spool` once, in a bounded child process; later steps `load` the spool.

Example:
    table = spool(upload.path, upload.name, "import-7.rows")   # raises TableRefused
    table.columns, table.sheets, len(table)
    for row in table: row.number, row.cells                    # cells: clean str or None
"""

import os
import signal
import subprocess
import tempfile
from contextlib import suppress

import msgspec

from frontdesk.core import sandbox

from .limits import DEFAULT_LIMITS, MIB, Limits
from .refusal import TableRefused
from .spool import Row, Table, load
from .task import Outcome, Task

__all__ = ["Limits", "Row", "Table", "TableRefused", "check_size", "load", "open_table", "spool"]

_CHILD = "frontdesk.core.tables.child"

# How the child ends when a bound of the system ends it: allocation failed, or its time was up.
_DEATHS = {
    -signal.SIGABRT: "too_complex",
    -signal.SIGKILL: "too_complex",
    -signal.SIGXFSZ: "too_complex",
    -signal.SIGXCPU: "too_slow",
}


def check_size(size: int, limits: Limits = DEFAULT_LIMITS) -> None:
    """Refuse a file of `size` bytes that is too large; for use before and while an upload is stored."""
    if size > limits.file_bytes:
        raise TableRefused("too_large", {"limit": limits.file_bytes // MIB})


def spool(
    path: str | os.PathLike,
    filename: str,
    target: str | os.PathLike,
    sheet: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Table:
    """Read the file at `path`, uploaded as `filename`, into a spool at `target`; returns it opened.

    `sheet` names one of `table.sheets`; without it the first visible one with content is read.
    Raises TableRefused; then nothing is left at `target`.
    """
    check_size(os.stat(path).st_size, limits)
    part = f"{os.fspath(target)}.part"
    try:
        outcome = _run(Task(os.path.abspath(path), filename, os.path.abspath(part), sheet, limits))
        if outcome.code:
            raise TableRefused(outcome.code, outcome.details)
        os.replace(part, target)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(part)
    return load(target)


def open_table(
    path: str | os.PathLike,
    filename: str,
    sheet: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    folder: str | os.PathLike | None = None,
) -> Table:
    """As `spool`, for one use: the rows lie in a file without a name that goes when the table is closed."""
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        return spool(path, filename, os.path.join(scratch, "rows"), sheet, limits)


def _run(task: Task) -> Outcome:
    try:
        folder = os.path.dirname(task.target)
        said, status = sandbox.run(_CHILD, msgspec.json.encode(task), folder, task.limits.wall_seconds)
    except subprocess.TimeoutExpired:
        return Outcome("too_slow")
    return _outcome(said, status, task.limits)


def _outcome(answer: bytes, status: int, limits: Limits) -> Outcome:
    said = [msgspec.json.decode(line, type=Outcome) for line in answer.splitlines()]
    last = said[-1] if said else Outcome(done=False)
    crowded = any(outcome.row_elements > limits.rows for outcome in said)
    if not last.done:
        last = Outcome(_DEATHS.get(status, "damaged"))
    if last.code == "too_complex" and crowded:
        return Outcome("too_many_rows", {"limit": limits.rows})
    return last
