"""What the application reads for the inbox and for one conversation, in statements written by hand."""

from .actors import now
from .reading import ACTIVITY, CONTACT, POINT, around_list, named
from .talking import LINES, MESSAGE, writing_beside

ROW = (
    "id", "client_id", "state", "channel", "last_at", "waiting_since", "client", "thread_id", "last_number",
    "last_message_id", "assignee",
)  # fmt: skip
ROWS = (
    "SELECT v.id, v.client_id, v.state, v.channel, v.last_at, v.waiting_since, c.name, t.id, t.last_number,"
    " t.last_message_id, a.name FROM conversations_conversation v JOIN clients_client c ON c.id = v.client_id"
    " JOIN messaging_thread t ON t.id = v.thread_id LEFT JOIN accounts_member a ON a.id = v.assignee_id"
    " WHERE v.account_id = %s AND v.last_at IS NOT NULL AND v.state = 'open'"
    " ORDER BY v.last_at DESC, v.id DESC LIMIT 51"
)
ONE = (
    "SELECT v.id, v.client_id, v.state, v.channel, v.last_at, v.thread_id, t.last_number, v.notes_id, n.last_number,"
    " c.name, a.name FROM conversations_conversation v JOIN clients_client c ON c.id = v.client_id"
    " JOIN messaging_thread t ON t.id = v.thread_id JOIN messaging_thread n ON n.id = v.notes_id"
    " LEFT JOIN accounts_member a ON a.id = v.assignee_id WHERE v.account_id = %s AND v.id = %s"
)
TRAVELS = (
    "SELECT e.message_id, e.outgoing, e.channel, e.address, e.verified, e.arrival, e.dispatch_id, d.state, d.reason"
    " FROM conversations_envelope e LEFT JOIN channels_dispatch d ON d.id = e.dispatch_id"
    " WHERE e.account_id = %s AND {}"
)
HAPPENED = (
    "SELECT v.id, v.at, v.actor_id, m.name, v.verb, v.subject_id, v.client_id, v.data FROM activity_activity v"
    " LEFT JOIN accounts_member m ON m.id = v.actor_id WHERE v.account_id = %s AND v.client_id = %s"
    " AND v.subject_id = %s AND v.verb LIKE 'conversation.%%' ORDER BY v.id DESC LIMIT 30"
)
POINTS = (
    "SELECT p.contact_id, p.kind, p.value, p.label, p.is_mobile, p.consent FROM clients_contactpoint p"
    " JOIN clients_contact c ON c.id = p.contact_id WHERE p.account_id = %s AND c.client_id = %s ORDER BY p.id"
)
SERVING = (
    "SELECT m.id, m.name, m.role FROM clients_assignment x JOIN accounts_member m ON m.id = x.member_id"
    " WHERE x.account_id = %s AND x.client_id = %s"
)


def inbox(database, account, actor, page: bool) -> dict:
    """The newest fifty open conversations with their last messages, what is unread, drafts and tags."""
    found = named(ROW, database.rows(ROWS, (account,)))[:50]
    among, ids = database.among("m.id", [row["last_message_id"] for row in found])
    last = {row[0]: row for row in database.rows(LINES.format(among), [account, *ids])}
    among, threads = database.among("thread_id", [row["thread_id"] for row in found])
    own = [account, actor, *threads]
    sql = f"SELECT thread_id, number FROM messaging_readmark WHERE account_id = %s AND member_id = %s AND {among}"
    marks = dict(database.rows(sql, own))
    sql = (
        f"SELECT thread_id, body FROM messaging_draft WHERE account_id = %s AND author_id = %s AND send_at IS NULL"
        f" AND {among}"
    )
    drafts = dict(database.rows(sql, own))
    among, ids = database.among("x.client_id", [row["client_id"] for row in found])
    sql = (
        "SELECT x.client_id, t.name, t.hue FROM clients_clienttag x JOIN clients_tag t ON t.id = x.tag_id"
        f" WHERE x.account_id = %s AND {among} ORDER BY t.key"
    )
    tags = database.rows(sql, [account, *ids])
    for row in found:
        line, thread = last[row["last_message_id"]], row["thread_id"]
        row |= {"author": line[3], "preview": line[5], "unread": row["last_number"] - marks.get(thread, 0)}
        row |= {"draft": drafts.get(thread), "tags": [tag for tag in tags if tag[0] == row["client_id"]]}
    return {"data": found} | (_around(database, account) if page else {})


def _around(database, account) -> dict:
    """The choices of the list's filters."""
    sql = "SELECT id, name, hue FROM teams_team WHERE account_id = %s"
    return around_list(database, account) | {"teams": database.rows(sql, (account,))}


def _lines(database, account, thread_id, last: int) -> list[dict]:
    sql = LINES.format("m.thread_id = %s AND m.number > %s ORDER BY m.number")
    return named(MESSAGE, database.rows(sql, (account, thread_id, last - 50)))


def conversation(database, account, actor, conversation_id, page: bool) -> dict:
    """The newest of a conversation with reactions, files and ways; the page also reads what is beside."""
    row = database.rows(ONE, (account, conversation_id))[0]
    client_id, thread, notes = row[1], (row[5], row[6]), (row[7], row[8])
    lines = [*_lines(database, account, *thread), *_lines(database, account, *notes)]
    lines = sorted(lines, key=lambda line: line["posted_at"])[-50:]
    ids = [line["id"] for line in lines]
    among, values = database.among("message_id", ids)
    sql = f"SELECT message_id, emoji, member_id FROM messaging_reaction WHERE account_id = %s AND {among}"
    found = {"data": lines, "signs": database.rows(sql, [account, *values])}
    among, values = database.among("place_id", ids)
    sql = (
        f"SELECT id, place_id, name, size, kind FROM files_storedfile WHERE account_id = %s AND place = %s AND {among}"
    )
    found["files"] = database.rows(sql, [account, "message", *values])
    among, values = database.among("e.message_id", ids)
    found["ways"] = database.rows(TRAVELS.format(among), [account, *values])
    if page:
        found["happened"] = named(ACTIVITY, database.rows(HAPPENED, (account, client_id, conversation_id)))
        found |= _beside(database, account, actor, client_id, thread, notes)
    return found


def _beside(database, account, actor, client_id, thread: tuple, notes: tuple) -> dict:
    """The list, the client with contacts, people and subscriptions, the draft; and that both threads are read now."""
    own = (account, client_id)
    sql = f"SELECT {', '.join(CONTACT)} FROM clients_contact WHERE account_id = %s AND client_id = %s ORDER BY id"
    found = {"contacts": named(CONTACT, database.rows(sql, own)), "points": named(POINT, database.rows(POINTS, own))}
    found["serving"] = database.rows(SERVING, own)
    sql = (
        "SELECT channel, purpose, subscribed, since FROM clients_subscription WHERE account_id = %s AND client_id = %s"
    )
    found["subscriptions"] = database.rows(sql, own)
    sql = "SELECT channel, enabled, config, problem FROM channels_channelsettings WHERE account_id = %s"
    found["channels"] = database.rows(sql, (account,))
    found |= writing_beside(database, account, actor, thread[0])
    with database.transaction():
        sql = "UPDATE messaging_readmark SET number = %s, read_at = %s"
        sql += " WHERE account_id = %s AND thread_id = %s AND member_id = %s AND number < %s"
        for thread_id, last in (thread, notes):
            database.rows(sql, (last, now(database), account, thread_id, actor, last))
    return found | inbox(database, account, actor, page=True)
