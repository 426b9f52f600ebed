"""What the parent asks of the child process, and what it hears."""

import msgspec

from .limits import Limits


class Task(msgspec.Struct):
    """What to read: file, name it was uploaded under, where to spool it, which sheet (None: the first)."""

    path: str
    filename: str
    target: str
    sheet: str | None
    limits: Limits


class Outcome(msgspec.Struct):
    """`code` None is success; `row_elements` explains a process that ran out of memory afterwards."""

    code: str | None = None
    details: dict = {}
    row_elements: int = 0
    done: bool = True
