"""What the application reads and writes for rooms and messages, in statements written by hand."""

import msgspec

from .actors import now
from .database import Sqlite
from .ids import new_number
from .reading import named
from .words import like, trigrams
from .writing import insert

ROOM = ("id", "client_id", "name", "last_number", "last_at", "last_message_id", "read")
MESSAGE = ("id", "number", "author_id", "author", "body", "html", "reply_to", "posted_at", "edited_at", "deleted_at")
ROOMS = (
    "SELECT t.id, t.client_id, r.name, t.last_number, t.last_at, t.last_message_id, k.number"
    " FROM messaging_roommember m JOIN messaging_room r ON r.id = m.room_id"
    " JOIN messaging_thread t ON t.id = r.thread_id"
    " LEFT JOIN messaging_readmark k ON k.thread_id = t.id AND k.member_id = m.member_id"
    " AND k.account_id = t.account_id WHERE m.account_id = %s AND m.member_id = %s"
    " ORDER BY t.last_at DESC, t.id DESC LIMIT 51"
)
LINES = (
    "SELECT m.id, m.number, m.author_id, p.name, m.body, m.html, m.reply_to_id, m.posted_at, m.edited_at, m.deleted_at"
    " FROM messaging_message m LEFT JOIN accounts_member p ON p.id = m.author_id WHERE m.account_id = %s AND {}"
)

READERS = (
    "SELECT k.member_id, m.name, k.number, k.read_at FROM messaging_readmark k JOIN accounts_member m"
    " ON m.id = k.member_id WHERE k.account_id = %s AND k.thread_id = %s"
)


def rooms(database, account, actor) -> dict:
    """The newest rooms of a member with their last messages."""
    found = named(ROOM, database.rows(ROOMS, (account, actor)))[:50]
    among, ids = database.among("m.id", [room["last_message_id"] for room in found])
    last = {row[0]: row for row in database.rows(LINES.format(among), [account, *ids])}
    for room in found:
        row = last[room["last_message_id"]]
        room |= {"author": row[3], "preview": row[5], "unread": room["last_number"] - (room["read"] or 0)}
    return {"data": found}


def writing_beside(database, account, actor, thread_id) -> dict:
    """How far others have read a thread, what the actor has begun to write there, and what waits for them elsewhere."""
    found = {"readers": database.rows(READERS, (account, thread_id))}
    sql = (
        "SELECT body, details, send_at FROM messaging_draft WHERE account_id = %s AND thread_id = %s AND author_id = %s"
    )
    found["draft"] = database.rows(sql, (account, thread_id, actor))
    sql = "SELECT area, unread FROM notify_counter WHERE account_id = %s AND member_id = %s"
    return found | {"counters": database.rows(sql, (account, actor))}


def thread(database, account, actor, thread_id, page: bool) -> dict:
    """The newest messages of a thread with reactions and files; the page also reads the rooms beside."""
    sql = "SELECT kind, last_number FROM messaging_thread WHERE account_id = %s AND id = %s"
    _kind, last = database.rows(sql, (account, thread_id))[0]
    sql = LINES.format("m.thread_id = %s AND m.number > %s ORDER BY m.number")
    found = named(MESSAGE, database.rows(sql, (account, thread_id, last - 50)))
    among, ids = database.among("message_id", [one["id"] for one in found])
    sql = f"SELECT message_id, emoji, member_id FROM messaging_reaction WHERE account_id = %s AND {among}"
    signs = database.rows(sql, [account, *ids])
    among, ids = database.among("place_id", [one["id"] for one in found])
    sql = (
        f"SELECT id, place_id, name, size, kind FROM files_storedfile WHERE account_id = %s AND place = %s AND {among}"
    )
    made = {"data": found, "signs": signs, "files": database.rows(sql, [account, "message", *ids])}
    if page:
        made |= {"rooms": rooms(database, account, actor)} | writing_beside(database, account, actor, thread_id)
    return made


def search(database, account, query: dict, most: int = 31) -> dict:
    """The newest messages that contain the words, whoever may read them."""
    words = query["q"].split()
    matches = " AND ".join(["m.folded LIKE %s"] * len(words))
    values = [account, *map(like, words)]
    if isinstance(database, Sqlite):
        through = "FROM messaging_text CROSS JOIN messaging_message m ON m.document = messaging_text.rowid"
        sql = LINES.replace("FROM messaging_message m", through)
        sql = sql.format(f"{matches} AND messaging_text MATCH %s ORDER BY messaging_text.rowid DESC LIMIT {most}")
        values.append(trigrams(words))
    else:
        sql = LINES.format(f"{matches} ORDER BY m.document DESC LIMIT {most}")
    return {"data": named(MESSAGE, database.rows(sql, values))}


def post(database, account, actor, thread_id, body: str) -> dict:
    """A message, the thread's news, how far its author read, the text index, activity, event and job."""
    html, at = f"<p>{body}</p>", now(database)
    with database.transaction():
        sql = "SELECT last_number FROM messaging_thread WHERE account_id = %s AND id = %s"
        number, document = database.rows(sql, (account, thread_id))[0][0] + 1, new_number()
        message_id = insert(
            database, "messaging_message", account_id=account, thread_id=thread_id, number=number, author_id=actor,
            body=body, html=html, folded=body.lower(), document=document, posted_at=at,
        )  # fmt: skip
        sql = "UPDATE messaging_thread SET last_number = %s, last_at = %s, last_message_id = %s"
        sql += " WHERE account_id = %s AND id = %s"
        database.rows(sql, (number, at, message_id, account, thread_id))
        sql = "UPDATE messaging_readmark SET number = %s, read_at = %s"
        sql += " WHERE account_id = %s AND thread_id = %s AND member_id = %s"
        database.rows(sql, (number, at, account, thread_id, actor))
        if isinstance(database, Sqlite):
            database.rows("INSERT INTO messaging_text(rowid, folded) VALUES (%s, %s)", (document, body.lower()))
        _tell(database, account, actor, thread_id, message_id, number, at)
    return {"id": message_id, "number": number}


def _tell(database, account, actor, thread_id, message_id, number: int, at) -> None:
    data = msgspec.json.encode({"thread": str(thread_id), "number": number}).decode()
    activity = insert(
        database, "activity_activity", account_id=account, at=at, actor_id=actor, verb="message.posted",
        subject_id=message_id, client_id=None, data=data, request_id="",
    )  # fmt: skip
    values = (account, f"thread:{thread_id}", "message", data, at)
    database.rows("INSERT INTO live_liveevent (account_id, topic, kind, data, at) VALUES (%s, %s, %s, %s, %s)", values)
    insert(
        database, "jobs_queuedjob", name="notify.tell", account_id=account, request_id="", status="waiting", run_at=at,
        attempts=0, queued_at=at, error="", arguments=msgspec.json.encode({"activities": [str(activity)]}).decode(),
    )  # fmt: skip
