"""The process that opens files of strangers: it bounds itself, spools one table and says how it went.

It reads a `Task` from standard input and answers on standard output, a line each: a note on what it is about
to load, then the outcome. It knows nothing of the application: no settings, no database, no language.
"""

import errno
import sys

import msgspec

from frontdesk.core.sandbox import bound

from .archives import check_archive
from .delimited import DelimitedFile
from .kinds import check_kind
from .spool import Description, SpoolWriter
from .tabulate import Tabulated
from .task import Outcome, Task
from .unreadable import Unreadable
from .workbooks import Workbook


def main() -> None:
    task = msgspec.json.decode(sys.stdin.buffer.read(), type=Task)
    bound(task.limits.memory_bytes, task.limits.cpu_seconds, task.limits.spool_bytes * 2)
    try:
        _spool(task)
        outcome = Outcome()
    except Unreadable as refused:
        outcome = Outcome(refused.code, refused.details)
    except MemoryError:
        outcome = Outcome("too_complex")
    except OSError as error:
        outcome = Outcome("no_space" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "damaged")
    except BaseException as error:
        outcome = Outcome("damaged", {"error": type(error).__name__})
    _say(outcome)


def _say(outcome: Outcome) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(outcome) + b"\n")
    sys.stdout.buffer.flush()


def _spool(task: Task) -> None:
    kind = check_kind(task.path, task.filename)
    rows, description = _delimited(task) if kind == "csv" else _workbook(task, kind)
    try:
        table = Tabulated(rows, task.limits)
        description.columns, description.header_number = table.columns, table.header_number
        with open(task.target, "wb") as file:
            writer = SpoolWriter(file, task.limits.spool_bytes)
            for number, cells in table:
                writer.add(number, cells)
            writer.finish(description)
    except Unreadable as refused:
        raise Unreadable(refused.code, **{"sheets": description.sheets, **refused.details}) from refused


def _delimited(task: Task):
    file = DelimitedFile(task.path, task.limits)
    description = Description("csv", [], 0, [], encoding=file.encoding, separator=file.separator)
    return file.rows(), description


def _workbook(task: Task, kind: str):
    if kind != "xls":
        _say(Outcome(row_elements=check_archive(task.path, kind, task.limits), done=False))
    book = Workbook(task.path, task.limits)
    sheet = book.choose(task.sheet)
    return book.rows(sheet), Description(kind, [], 0, book.sheets, sheet=sheet.name)


if __name__ == "__main__":
    main()
