"""The floor of changing many clients and of merging two: the same rows, with what an undo and the timeline need."""

import json

from .actors import now
from .database import Sqlite
from .ids import new_id

PART = 500
ACTIVITY = ("id", "account_id", "at", "actor_id", "verb", "subject_id", "client_id", "data", "request_id")
CHANGE = ("id", "account_id", "kind", "member_id", "at", "data", "state", "total", "records", "restored")
CHANGED = ("id", "account_id", "change_id", "about", '"table"', '"row"', "what", '"before"', '"after"')
MERGED = ("id", "account_id", "former", "into_id", "merged_at")
PARTS_OF_CLIENTS = (
    "clients_contact", "clients_address", "clients_clienttag", "clients_assignment", "clients_clientaccess",
    "clients_pastgrant", "clients_note", "clients_availability", "clients_clientcolour", "clients_personalbundle",
    "clients_privatenote", "clients_servicelevel",
)  # fmt: skip


def _begin(database, account, actor, kind: str, many: int) -> str:
    change = new_id(database)
    row = (change, account, kind, actor, now(database), "{}", "done", many, many, 0)
    database.insert_many("undo_change", CHANGE, [row])
    return change


def bulk(database, account, actor, clients: list, language: str) -> None:
    """Another language for these clients, some hundred in a transaction."""
    with database.transaction():
        change = _begin(database, account, actor, "clients.language", len(clients))
    for start in range(0, len(clients), PART):
        with database.transaction():
            _part(database, account, actor, change, clients[start : start + PART], language)


def _part(database, account, actor, change: str, clients: list, language: str) -> None:
    at, (among, values) = now(database), database.among("id", clients)
    found = database.rows(
        f"SELECT id, language FROM clients_client WHERE account_id = %s AND {among}", [account, *values]
    )
    sql = f"UPDATE clients_client SET language = %s, updated_at = %s WHERE account_id = %s AND {among}"
    database.rows(sql, [language, at, account, *values])
    after, said = json.dumps({"language": language}), '{"fields":["language"]}'
    happened = [(new_id(database), account, at, actor, "client.changed", pk, pk, said, "") for pk, _old in found]
    changed = [
        (new_id(database), account, change, pk, "clients.client", pk, "u", json.dumps({"language": old}), after)
        for pk, old in found
    ]
    database.insert_many("activity_activity", ACTIVITY, happened)
    database.insert_many("undo_changedrow", CHANGED, changed)


def merge(database, account, actor, kept, gone) -> None:
    """Everything of one client goes to another, in one transaction."""
    with database.transaction():
        change = _begin(database, account, actor, "clients.merge", 1)
        rows = [
            _noted(database, account, change, kept, table, pk) for table, pk in _moved(database, account, kept, gone)
        ]
        rows += [
            _noted(database, account, change, kept, table, gone) for table in ("clients_client", "clients_mergedclient")
        ]
        _end(database, account, actor, kept, gone)
        database.insert_many("undo_changedrow", CHANGED, rows)


def _noted(database, account, change: str, kept, table: str, row) -> tuple:
    before = json.dumps({"client_id": str(row)})
    return (new_id(database), account, change, kept, table, row, "u", before, before)


def _moved(database, account, kept, gone) -> list[tuple]:
    moved = []
    pair = "account_id = %s AND client_id = %s"
    database.rows(f"UPDATE clients_contact SET is_primary = (1 = 0) WHERE {pair}", (account, gone))
    for table in PARTS_OF_CLIENTS:
        once = {"clients_clienttag": "tag_id", "clients_assignment": "member_id"}.get(table)
        if once:
            double = f"{once} IN (SELECT {once} FROM {table} WHERE {pair})"
            database.rows(f"DELETE FROM {table} WHERE {pair} AND {double}", (account, gone, account, kept))
        moved += [(table, pk) for (pk,) in database.rows(f"SELECT id FROM {table} WHERE {pair}", (account, gone))]
        database.rows(f"UPDATE {table} SET client_id = %s WHERE {pair}", (kept, account, gone))
    return moved


def _end(database, account, actor, kept, gone) -> None:
    at, one = now(database), "account_id = %s AND id = %s"
    whole = database.rows(
        "SELECT * FROM clients_client WHERE account_id = %s AND id IN (%s, %s)", (account, kept, gone)
    )
    entry = "FROM search_searchentry WHERE account_id = %s AND object_id = %s"
    if isinstance(database, Sqlite):
        for (document,) in database.rows(f"SELECT document {entry}", (account, gone)):
            database.rows("DELETE FROM search_text WHERE rowid = %s", (document,))
    database.rows(f"DELETE {entry}", (account, gone))
    database.rows("DELETE FROM clients_client WHERE " + one, (account, gone))
    sql = "UPDATE clients_client SET email = email, sort_key = sort_key, formerly = %s, updated_at = %s WHERE " + one
    database.rows(sql, (json.dumps([str(gone)]), at, account, kept))
    sql = "UPDATE search_searchentry SET text = text, detail = detail WHERE account_id = %s AND object_id = %s"
    database.rows(sql, (account, kept))
    sql = "UPDATE clients_tally SET count = count - 1 WHERE account_id = %s AND status = 'active'"
    database.rows(sql, (account,))
    database.insert_many("clients_mergedclient", MERGED, [(new_id(database), account, gone, kept, at)])
    said = json.dumps({"kept": str(whole[0][0]), "merged": str(gone)})
    happened = (new_id(database), account, at, actor, "client.merged", kept, kept, said, "")
    database.insert_many("activity_activity", ACTIVITY, [happened])
