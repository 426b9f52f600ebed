"""Reading mails in a child process of their own, so that none of them can do harm here."""

from pathlib import Path
from queue import LifoQueue

import msgspec

from frontdesk.core.sandbox import Helper

from .reading.task import Mail, Task

SECONDS = 40
FAILED = "unreadable"
# Two, so that one mail which takes long does not stop all others; the second begins when it is needed.
_helpers: LifoQueue[Helper] = LifoQueue()
for _number in range(2):
    _helpers.put(Helper("frontdesk.channels.email.reading.child"))


def parse(path: Path, folder: Path, trusted: str = "") -> Mail:
    """The mail in a file, its attachments written into the folder; never raises for what is in it.

    What cannot be taken apart is kept whole: its beginning as text, all of it as a file.
    """
    found = _asked(Task(str(path), str(folder), trusted))
    return found if found.refused != FAILED else _asked(Task(str(path), str(folder), trusted, whole=True))


def _asked(task: Task) -> Mail:
    helper = _helpers.get()
    try:
        answer = helper.ask(msgspec.json.encode(task), SECONDS)
    finally:
        _helpers.put(helper)
    try:
        return msgspec.json.decode(answer, type=Mail) if answer else Mail(refused=FAILED)
    except msgspec.MsgspecError:
        return Mail(refused=FAILED)
