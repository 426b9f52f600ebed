"""The floor of an import: read the workbook, and insert the rows that an import leaves behind."""

import itertools
from datetime import UTC, datetime

from python_calamine import CalamineWorkbook

from .database import Sqlite
from .ids import new_id, new_number

CHUNK = 5_000
CLIENT = (
    "id", "account_id", "kind", "status", "name", "sort_key", "reference", "language", "email", "phone", "has_mobile",
    "has_portal", "created_at", "updated_at", "custom",
)  # fmt: skip
CONTACT = ("id", "account_id", "client_id", "name", "role", "is_primary")
POINT = ("id", "account_id", "contact_id", "kind", "value", "normal", "label", "is_mobile", "consent")
ENTRY = ("id", "account_id", "document", "kind", "object_id", "client_id", "title", "detail", "sort_key", "text")
ACTIVITY = ("id", "account_id", "at", "actor_id", "verb", "subject_id", "client_id", "data", "request_id")
TABLES = {
    "clients_client": CLIENT, "clients_contact": CONTACT, "clients_contactpoint": POINT, "search_searchentry": ENTRY,
    "activity_activity": ACTIVITY,
}  # fmt: skip


def _add(rows: dict[str, list[tuple]], database, account, actor, cells: list[str], at) -> None:
    name, reference, email, phone = cells
    client, contact, key = new_id(database), new_id(database), name.lower()
    rows["clients_client"].append(
        (client, account, "person", "active", name, key, reference, "", email, phone, True, False, at, at, "{}")
    )
    rows["clients_contact"].append((contact, account, client, name, "", True))
    for kind, value in (("email", email), ("phone", phone)):
        rows["clients_contactpoint"].append(
            (new_id(database), account, contact, kind, value, value, "", kind == "phone", False)
        )
    text = f"{key} | {email} | {phone[1:]} | {reference.lower()}"
    entry = (new_id(database), account, new_number(), "client", client, client, name, email, key, text)
    rows["search_searchentry"].append(entry)
    happened = (new_id(database), account, at, actor, "client.imported", client, client, "{}", "")
    rows["activity_activity"].append(happened)


def _write(database, rows: dict[str, list[tuple]]) -> None:
    with database.transaction():
        for table, values in rows.items():
            database.insert_many(table, TABLES[table], values)
        if isinstance(database, Sqlite):
            texts = [(row[2], row[-1]) for row in rows["search_searchentry"]]
            database.insert_many("search_text", ("rowid", "text"), texts)


def run(database, path: str, account, actor) -> int:
    """Import a workbook of (name, reference, e-mail, phone); the number of rows."""
    at = datetime.now(UTC)
    at = str(at.replace(tzinfo=None)) if isinstance(database, Sqlite) else at
    lines = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()[1:]
    cells = iter(lines)
    while chunk := list(itertools.islice(cells, CHUNK)):
        rows: dict[str, list[tuple]] = {table: [] for table in TABLES}
        for line in chunk:
            _add(rows, database, account, actor, line, at)
        _write(database, rows)
    return len(lines)
