"""What the application reads for a list, a search and a client, in statements written by hand."""

import msgspec

from .database import Sqlite
from .words import like, trigrams

CLIENT = (
    "id", "kind", "status", "name", "sort_key", "reference", "email", "phone", "has_mobile", "has_portal", "created_at",
    "updated_at", "custom",
)  # fmt: skip
CONTACT = ("id", "name", "role", "is_primary")
POINT = ("contact_id", "kind", "value", "label", "is_mobile", "consent")
ADDRESS = ("id", "contact_id", "label", "street", "postal_code", "city", "region", "country")
ACTIVITY = ("id", "at", "actor_id", "actor", "verb", "subject_id", "client_id", "data")
NOTE = ("id", "author_id", "body", "edited_at")
TIMELINE = (
    "SELECT v.id, v.at, v.actor_id, m.name, v.verb, v.subject_id, v.client_id, v.data FROM activity_activity v"
    " LEFT JOIN accounts_member m ON m.id = v.actor_id WHERE v.account_id = %s AND v.client_id = %s"
    " ORDER BY v.id DESC LIMIT 31"
)
RANKED = (
    "SELECT c.kind, c.object_id, c.client_id, c.title, c.detail FROM (SELECT e.* FROM {source} LIMIT 200) c ORDER BY"
    " CASE WHEN c.sort_key LIKE %s THEN 0 WHEN ' ' || c.sort_key LIKE %s THEN 1 ELSE 2 END, c.sort_key,"
    " c.object_id LIMIT 8"
)


def named(columns: tuple[str, ...], rows: list[tuple]) -> list[dict]:
    """Rows as objects."""
    return [dict(zip(columns, row, strict=True)) for row in rows]


def client_list(database, account, query: dict) -> dict:
    """A page of 50 clients by name with their tags and team; `status` narrows, `key` and `id` are a cursor."""
    where, values = "account_id = %s", [account]
    if query.get("status"):
        where, values = where + " AND status = %s", [*values, query["status"]]
    if query.get("id"):
        where += " AND sort_key >= %s AND (sort_key > %s OR id > %s)"
        values += [query["key"], query["key"], database.identifier(query["id"])]
    sql = f"SELECT {', '.join(CLIENT)} FROM clients_client WHERE {where} ORDER BY sort_key, id LIMIT 51"
    found = named(CLIENT, database.rows(sql, values))[:50]
    return {"data": beside(database, account, found)}


def beside(database, account, clients: list[dict]) -> list[dict]:
    """The clients with their tags and team."""
    by_id = {client["id"]: client for client in clients}
    for client in clients:
        client["tags"], client["team"] = [], []
    among, ids = database.among("x.client_id", list(by_id))
    for client_id, *tag in database.rows(
        "SELECT x.client_id, t.id, t.name, t.hue FROM clients_clienttag x JOIN clients_tag t ON t.id = x.tag_id"
        f" WHERE x.account_id = %s AND {among} ORDER BY t.key", [account, *ids],
    ):  # fmt: skip
        by_id[client_id]["tags"].append(dict(zip(("id", "name", "hue"), tag, strict=True)))
    for client_id, *member in database.rows(
        "SELECT x.client_id, m.id, m.name, m.role FROM clients_assignment x JOIN accounts_member m"
        f" ON m.id = x.member_id WHERE x.account_id = %s AND {among} ORDER BY m.sort_name", [account, *ids],
    ):  # fmt: skip
        by_id[client_id]["team"].append(dict(zip(("id", "name", "role"), member, strict=True)))
    return clients


def around_list(database, account) -> dict:
    """What the page shows around the list: counters, and the choices of its filters."""
    team = (
        "SELECT id, name FROM accounts_member WHERE account_id = %s AND role IN ('admin', 'staff', 'coworker')"
        " AND status = 'active' ORDER BY sort_name, id"
    )
    return {
        "counts": database.rows("SELECT status, count FROM clients_tally WHERE account_id = %s", [account]),
        "tags": database.rows("SELECT id, name, hue FROM clients_tag WHERE account_id = %s ORDER BY key", [account]),
        "team": database.rows(team, [account]),
    }


def search(database, account, query: dict) -> dict:
    """The eight best of at most 200 matches among clients."""
    words = query["q"].lower().split()
    matches = " AND ".join(["e.text LIKE %s"] * len(words))
    begins = " ".join(words) + "%"
    if isinstance(database, Sqlite):
        source = (
            "search_text f CROSS JOIN search_searchentry e ON e.document = f.rowid AND e.account_id = %s"
            f" WHERE f.search_text MATCH %s AND {matches} AND e.kind = 'client'"
        )
        values = [account, trigrams(words), *map(like, words)]
    else:
        source = f"search_searchentry e WHERE e.account_id = %s AND {matches} AND e.kind = 'client'"
        values = [account, *map(like, words)]
    rows = database.rows(RANKED.format(source=source), [*values, begins, "% " + begins])
    return {"data": named(("kind", "id", "client_id", "title", "detail"), rows)}


def one_client(database, account, client_id) -> dict:
    """A client with contacts, addresses, tags and team."""
    own = [account, client_id]
    sql = f"SELECT {', '.join(CLIENT)}, language FROM clients_client WHERE account_id = %s AND id = %s"
    client = named((*CLIENT, "language"), database.rows(sql, own))[0]
    contacts = f"SELECT {', '.join(CONTACT)} FROM clients_contact WHERE account_id = %s AND client_id = %s ORDER BY id"
    client["contacts"] = named(CONTACT, database.rows(contacts, own))
    points = (
        f"SELECT {', '.join('p.' + name for name in POINT)} FROM clients_contactpoint p JOIN clients_contact c"
        " ON c.id = p.contact_id AND c.account_id = p.account_id WHERE p.account_id = %s AND c.client_id = %s"
        " ORDER BY p.id"
    )
    client["points"] = named(POINT, database.rows(points, own))
    addresses = f"SELECT {', '.join(ADDRESS)} FROM clients_address WHERE account_id = %s AND client_id = %s ORDER BY id"
    client["addresses"] = named(ADDRESS, database.rows(addresses, own))
    return beside(database, account, [client])[0]


def _data(entry: dict) -> dict:
    data = entry["data"]
    return msgspec.json.decode(data) if isinstance(data, str) else data


def timeline(database, account, client_id) -> list[dict]:
    """What happened around a client, newest first, with the notes and the names of those who were assigned."""
    entries = named(ACTIVITY, database.rows(TIMELINE, [account, client_id]))
    chosen = {database.identifier(m) for entry in entries if (m := _data(entry).get("member"))}
    if chosen:
        among, ids = database.among("id", list(chosen))
        members = dict(database.rows(f"SELECT id, name FROM accounts_member WHERE {among}", ids))
        entries[0]["members"] = [members[member] for member in members]
    noted = [entry["subject_id"] for entry in entries if entry["verb"] == "note.added"]
    if noted:
        among, ids = database.among("id", noted)
        sql = f"SELECT {', '.join(NOTE)} FROM clients_note WHERE account_id = %s AND {among}"
        notes = {note["id"]: note for note in named(NOTE, database.rows(sql, [account, *ids]))}
        for entry in entries:
            entry["note"] = notes.get(entry["subject_id"])
    return entries
