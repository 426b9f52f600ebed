"""Whether a database holds only whole things: nothing lost, nothing doubled, nothing half-written."""

from collections import Counter

from .installation import Database

ORPHANS = {
    "contact": "SELECT id FROM clients_contact WHERE client_id NOT IN (SELECT id FROM clients_client)",
    "point": "SELECT id FROM clients_contactpoint WHERE contact_id NOT IN (SELECT id FROM clients_contact)",
    "search entry": "SELECT id FROM search_searchentry WHERE object_id NOT IN (SELECT id FROM clients_client)",
    "note": "SELECT id FROM clients_note WHERE client_id NOT IN (SELECT id FROM clients_client)",
    "key": "SELECT key FROM rest_idempotencykey WHERE status IS NULL",
}
TALLIES = """
SELECT t.account_id, t.status, t.count, (SELECT count(*) FROM clients_client c
    WHERE c.account_id = t.account_id AND c.status = t.status) AS real
FROM clients_tally t
"""
SQLITE_TEXT = "SELECT rowid FROM search_text WHERE search_text MATCH ?"


def _not_once(names: list, wanted: set) -> list[str]:
    counts = Counter(names)
    return [f"{name}: {counts[name]} times" for name in wanted if counts[name] != 1]


def _clients(database: Database) -> dict[str, str]:
    """The ids, as 32 digits, of the clients that savers made, by name."""
    rows = database.rows("SELECT name, id FROM clients_client WHERE name LIKE 'Form %' OR name LIKE 'Call %'")
    return {name: getattr(found, "hex", found) for name, found in rows}


def _parts(database: Database, clients: dict[str, str]) -> list[str]:
    """Clients without exactly one primary contact, search entry and first activity."""
    ids, wrong = set(clients.values()), []
    for part, sql in (
        ("primary contact", "SELECT client_id FROM clients_contact WHERE is_primary"),
        ("search entry", "SELECT object_id FROM search_searchentry"),
        ("creation", "SELECT client_id FROM activity_activity WHERE verb = 'client.created'"),
    ):
        wrong += [f"{part} of {said}" for said in _not_once(database.column(sql), ids)]
    mails = "SELECT normal FROM clients_contactpoint"
    expected = {f"{name.split()[1]}@example.com" for name in clients if name.startswith("Call")}
    return wrong + [f"address {said}" for said in _not_once(database.column(mails), expected)]


def _unfindable(database: Database, clients: dict[str, str]) -> list[str]:
    """Clients whose name the text index does not lead to, or leads to another document."""
    if not database.path:
        return []
    documents = dict(database.rows("SELECT title, document FROM search_searchentry"))
    wrong = []
    for name in clients:
        word = name.split()[1]
        grams = " ".join(f'"{word[i : i + 3]}"' for i in range(len(word) - 2))
        if [documents.get(name)] != database.column(SQLITE_TEXT, grams):
            wrong.append(f"index of {name}")
    return wrong


def faults(database: Database, told) -> list[str]:
    """Everything that is not as it was told, or not whole."""
    named = database.column("SELECT name FROM clients_client")
    noted = database.column("SELECT body FROM clients_note")
    clients = _clients(database)
    wrong = [f"lost or doubled: {said}" for said in _not_once(named, told.saved) + _not_once(noted, told.notes)]
    wrong += [f"never asked for: {name}" for name in clients.keys() - told.saved - told.unsure]
    wrong += [f"orphan {part}: {row}" for part, sql in ORPHANS.items() for row in database.rows(sql)]
    wrong += [f"tally {row}" for row in database.rows(TALLIES) if row[2] != row[3]]
    wrong += _parts(database, clients) + _unfindable(database, clients)
    if database.path:
        wrong += [said for said in database.column("PRAGMA integrity_check") if said != "ok"]
    return wrong
