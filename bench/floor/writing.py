"""The rows that the application writes for a new client and for a note, in one transaction each."""

from .actors import now
from .database import Sqlite
from .ids import new_id, new_number


def insert(database, table: str, **values) -> str:
    """Insert one row with a new identifier, which is given."""
    values = {"id": new_id(database), **values}
    marks = ", ".join(["%s"] * len(values))
    database.rows(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", tuple(values.values()))
    return values["id"]


def _happened(database, account, actor, verb: str, subject_id, client_id) -> None:
    insert(
        database, "activity_activity", account_id=account, at=now(database), actor_id=actor, verb=verb,
        subject_id=subject_id, client_id=client_id, data="{}", request_id="",
    )  # fmt: skip


def duplicates(database, account, typed: dict) -> list[tuple]:
    """Clients with the same address or number."""
    sql = (
        "SELECT DISTINCT c.client_id, k.name, p.value FROM clients_contactpoint p JOIN clients_contact c"
        " ON c.id = p.contact_id JOIN clients_client k ON k.id = c.client_id"
        " WHERE p.account_id = %s AND p.normal IN (%s, %s) LIMIT 15"
    )
    return database.rows(sql, (account, typed["email"], typed["phone"]))


def create(database, account, actor, typed: dict, session: str | None) -> dict:
    """A client with its primary contact, an address, a number, its search entry, the count and the activity."""
    # SQLite takes the partial index only for its own condition.
    taken = "SELECT 1 FROM clients_client WHERE account_id = %s AND reference = %s AND NOT (reference = '') LIMIT 1"
    if database.rows(taken, (account, typed["reference"])):
        return {"error": "reference"}
    with database.transaction():
        client_id = _client(database, account, typed)
        _findable(database, account, client_id, typed)
        sql = "UPDATE clients_tally SET count = count + 1 WHERE account_id = %s AND status = 'active'"
        database.rows(sql, (account,))
        _happened(database, account, actor, "client.created", client_id, client_id)
        if session:
            sql = "UPDATE accounts_session SET session_data = session_data WHERE session_key = %s"
            database.rows(sql, (session,))
    return {"id": client_id}


def _client(database, account, typed: dict) -> str:
    at, name = now(database), typed["name"]
    client_id = insert(
        database, "clients_client", account_id=account, kind="person", status="active", name=name,
        sort_key=name.lower(), reference=typed["reference"], language="", email=typed["email"],
        phone=typed["phone"], has_mobile=True,
        has_portal=False, created_at=at, updated_at=at, custom="{}",
    )  # fmt: skip
    contact = insert(
        database, "clients_contact", account_id=account, client_id=client_id, name=name, role="", is_primary=True
    )
    for kind in ("email", "phone"):
        insert(
            database, "clients_contactpoint", account_id=account, contact_id=contact, kind=kind, value=typed[kind],
            normal=typed[kind], label="", is_mobile=kind == "phone", consent=False,
        )  # fmt: skip
    return client_id


def _findable(database, account, client_id: str, typed: dict) -> None:
    text = " | ".join((typed["name"].lower(), typed["email"], typed["phone"][1:], typed["reference"].lower()))
    document = new_number()
    insert(
        database, "search_searchentry", account_id=account, document=document, kind="client", object_id=client_id,
        client_id=client_id, title=typed["name"], detail=typed["email"], sort_key=typed["name"].lower(), text=text,
    )  # fmt: skip
    if isinstance(database, Sqlite):
        database.rows("INSERT INTO search_text(rowid, text) VALUES (%s, %s)", (document, text))


def add_note(database, account, actor, client_id: str, body: str) -> dict:
    """A note and its activity."""
    sql = "SELECT id FROM clients_client WHERE account_id = %s AND id = %s"
    client_id = database.rows(sql, (account, client_id))[0][0]
    with database.transaction():
        values = {"account_id": account, "client_id": client_id, "author_id": actor, "body": body}
        note_id = insert(database, "clients_note", **values, created_at=now(database), edited_at=None)
        _happened(database, account, actor, "note.added", note_id, client_id)
    return {"id": note_id}
