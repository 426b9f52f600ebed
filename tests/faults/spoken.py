"""Whether the messages of an installation are what was acknowledged, and everything that hangs on them agrees."""

import contextlib
import json
import sqlite3
from collections import Counter

from .installation import Database, Installation
from .messengers import WRITERS, Said

MESSAGES = "SELECT thread_id, number, author_id, body, id, folded, document FROM messaging_message ORDER BY number"
HALF = {
    "thread without its newest message": """
        SELECT t.id, t.last_number FROM messaging_thread t LEFT JOIN messaging_message m ON m.id = t.last_message_id
        WHERE t.last_number > 0 AND (m.id IS NULL OR m.number <> t.last_number OR m.posted_at <> t.last_at)""",
    "thread with another number": """
        SELECT t.id, t.last_number FROM messaging_thread t WHERE t.last_number <>
        (SELECT count(*) FROM messaging_message m WHERE m.thread_id = t.id)""",
    "mark that is not at one's last message": """
        SELECT m.thread_id, m.author_id, max(m.number) FROM messaging_message m GROUP BY m.thread_id, m.author_id
        HAVING max(m.number) <> (SELECT r.number FROM messaging_readmark r
            WHERE r.thread_id = m.thread_id AND r.member_id = m.author_id)""",
    "message without its activity": """
        SELECT id FROM messaging_message m WHERE 1 <>
        (SELECT count(*) FROM activity_activity a WHERE a.verb = 'message.posted' AND a.subject_id = m.id)""",
    "activity without its message": """
        SELECT id FROM activity_activity WHERE verb = 'message.posted'
        AND subject_id NOT IN (SELECT id FROM messaging_message)""",
    "unfinished key": "SELECT key FROM rest_idempotencykey WHERE status IS NULL",
}
PUBLISHED = "SELECT topic, data FROM live_liveevent WHERE kind = 'message' ORDER BY number"
FOUND = "SELECT rowid FROM messaging_text WHERE messaging_text MATCH ?"
LOOKED_FOR = 25


def _hex(value) -> str:
    return getattr(value, "hex", value).replace("-", "")


def _as_told(rows: list[tuple], said: Said) -> list[str]:
    """Messages that were acknowledged and are not there once, or were never written, or are others than was said."""
    counts = Counter(body for _thread, _number, _author, body, *_rest in rows)
    wrong = [f"{body}: {counts[body]} times" for body in said.posted.keys() | counts.keys() if counts[body] != 1]
    wrong += [f"never acknowledged: {body}" for body in counts.keys() - said.posted.keys()]
    there = {body: (_hex(thread), _hex(found)) for thread, _number, _author, body, found, *_rest in rows}
    told = {body: (_hex(thread), _hex(found)) for body, (thread, found) in said.posted.items()}
    return wrong + [f"told another: {body}" for body in told.keys() & there.keys() if told[body] != there[body]]


def numbers(database: Database) -> dict[str, list[int]]:
    """The numbers of the messages of each thread."""
    found: dict[str, list[int]] = {}
    for thread, number, *_rest in database.rows(MESSAGES):
        found.setdefault(_hex(thread), []).append(number)
    return found


def _published(database: Database) -> dict[str, list[int]]:
    """The numbers that were published of each thread, in that order."""
    found: dict[str, list[int]] = {}
    for topic, data in database.rows(PUBLISHED):
        told = json.loads(data) if isinstance(data, str) else data
        found.setdefault(_hex(topic.removeprefix("thread:")), []).append(told["n"])
    return found


def _unfound(database: Database, rows: list[tuple]) -> list[str]:
    """Messages to which SQLite's text index does not lead, or not to them alone."""
    wrong = []
    with contextlib.closing(sqlite3.connect(database.path, timeout=20)) as connection:
        for *_rest, body, _id, _folded, document in rows:
            grams = " ".join(f'"{body[start : start + 3]}"' for start in range(0, len(body) - 2, 3))
            if connection.execute(FOUND, [grams]).fetchall() != [(document,)]:
                wrong.append(f"index: {body}")
        wrong += [said for (said,) in connection.execute("PRAGMA integrity_check") if said != "ok"]
    return wrong


def _index(database: Database, rows: list[tuple]) -> list[str]:
    """Messages whose text does not lead to them alone."""
    wrong = [f"folded: {body}" for _thread, _number, _author, body, _id, folded, _document in rows if folded != body]
    return wrong + (_unfound(database, rows) if database.path else [])


def _shown(installation: Installation, rows: list[tuple], name: str) -> list[str]:
    """What somebody, who has read up to their own last messages, is shown of their rooms that is not so."""
    me, caller, unread, wrong = _hex(installation.members[name]), installation.caller(name=name), 0, []
    last = {_hex(thread): (number, body) for thread, number, _author, body, *_rest in rows}
    own = {_hex(thread): number for thread, number, author, *_rest in rows if _hex(author) == me}
    for room in json.loads(caller.api("GET", "/rooms").body)["data"]:
        number, body = last.get(_hex(room["id"]), (0, ""))
        left = number - own.get(_hex(room["id"]), 0)
        unread += left
        if (room["last_number"], room["unread"]) != (number, left) or body not in room["preview"]:
            wrong.append(f"room of {name}: {room}, not {number}, {left}")
    told = json.loads(caller.api("GET", "/messages/unread").body)["messages"]
    return wrong + ([f"{told} unread for {name}, not {unread}"] if told != unread else [])


def _searched(installation: Installation, said: Said) -> list[str]:
    caller, wrong = installation.caller(name="cora"), []
    for body in list(said.posted)[:: max(1, len(said.posted) // LOOKED_FOR)]:
        found = json.loads(caller.api("GET", f"/messages/search?q={body}").body)["data"]
        if [one["id"] for one in found] != [said.posted[body][1]]:
            wrong.append(f"search for {body}: {found}")
    return wrong


def faults(installation: Installation, said: Said) -> list[str]:
    """Everything that is lost, doubled, half there, or not as it is shown."""
    database = installation.database
    rows, each = database.rows(MESSAGES), numbers(database)
    wrong = _as_told(rows, said)
    wrong += [f"gaps: {thread} {found}" for thread, found in each.items() if found != list(range(1, len(found) + 1))]
    wrong += [f"{what}: {row}" for what, sql in HALF.items() for row in database.rows(sql)]
    wrong += ["published otherwise"] if _published(database) != each else []
    wrong += [said for name in WRITERS for said in _shown(installation, rows, name)]
    return wrong + _index(database, rows) + _searched(installation, said)
