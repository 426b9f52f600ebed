"""What becomes of rows: keys, updates, duplicates, hostile content."""

import pytest

from frontdesk.activity.models import Activity
from frontdesk.clients import queries as client_queries
from frontdesk.clients.imports import actions, queries, running
from frontdesk.clients.imports.models import ClientImport, ImportedClient, LeftOutRow, State
from frontdesk.clients.imports.options import Options
from frontdesk.clients.models import Address, Assignment, Client, ClientTag, Contact, ContactPoint, Note, Tally
from frontdesk.core.jobs.worker import run_due

from .import_files import csv_file


class Uploaded:
    """A file as Django hands it over."""

    def __init__(self, file):
        self.file, self.name = file, file.name

    def chunks(self):
        yield self.file.read()


def check(cast, headings, rows, mapping=None, **options):
    source = actions.upload(cast.ana, Uploaded(csv_file(rows, headings)))
    chosen = Options(**{**source.options, **options})
    source = actions.set_columns(cast.ana, source, mapping or source.mapping, chosen)
    return actions.start_check(cast.ana, source)


def bring(cast, headings, rows, mapping=None, **options):
    """Import rows from start to end; what the check foretold is what the run did."""
    source = check(cast, headings, rows, mapping, **options)
    foretold = counts(source)
    actions.start(cast.ana, source)
    run_due()
    source.refresh_from_db()
    assert source.state == State.FINISHED
    assert counts(source) == foretold
    return source


def counts(source):
    return source.created, source.updated, source.skipped, source.rejected


def reasons(source):
    return {
        left.row: queries.explained(source, left.reasons) for left in LeftOutRow.objects.filter(source_id=source.pk)
    }


UPDATE = {"key": "email", "matched": "update"}


def test_only_cells_that_hold_something_change_a_client(within):
    maria = within.maria
    bring(within, ["Name", "E-mail", "City"], [["", "maria@example.com", "Iași"]], **UPDATE)
    maria.refresh_from_db()
    assert (maria.name, maria.phone) == ("Maria Ionescu", "+40745112908")
    assert Address.objects.get(client=maria).city == "Iași"
    bring(within, ["Name", "E-mail", "Street"], [["", "maria@example.com", "Lungă 1"]], **UPDATE)
    address = Address.objects.get(client=maria)
    assert (address.city, address.street) == ("Iași", "Lungă 1")


def test_numbers_of_the_primary_contact_are_added_and_never_lost(within):
    row = ["Maria I. Ionescu", "maria@example.com", "second@example.com", "0722 000 111", "mother", "VIP"]
    headings = ["Name", "E-mail", "E-mail 2", "Phone", "Contact's role", "Tags"]
    source = bring(within, headings, [row], **UPDATE)
    maria = Client.objects.get(pk=within.maria.pk)
    values = set(ContactPoint.objects.filter(contact__client=maria).values_list("normal", flat=True))
    assert values == {"maria@example.com", "second@example.com", "+40745112908", "+40722000111"}
    assert (maria.name, maria.email, maria.phone) == ("Maria I. Ionescu", "maria@example.com", "+40745112908")
    contact = Contact.objects.get(client=maria)
    assert (contact.name, contact.role) == ("Maria I. Ionescu", "mother")
    assert ClientTag.objects.filter(client=maria).count() == 1
    assert ImportedClient.objects.get().created is False and counts(source) == (0, 1, 0, 0)
    assert Activity.objects.filter(verb="client.reimported", client_id=maria.pk).count() == 1
    found = client_queries.list_clients(within.ana, client_queries.Filters(q="second@example"))
    assert [row["id"] for row in found.rows] == [maria.pk]


def test_a_status_that_changes_moves_the_counters_and_ends_sign_in(within):
    rows = [["victor@example.com", "inactive"], ["dan@example.com", "inactive"]]
    before = Tally.objects.get(status="active").count
    source = check(within, ["E-mail", "Status"], rows, unmatched="skip", **UPDATE)
    assert "Several clients have the same" in reasons(source)[3]
    actions.start(within.ana, source)
    run_due()
    assert Client.objects.get(pk=within.victor.pk).status == "inactive"
    assert Tally.objects.get(status="active").count == before - 1
    within.vic.refresh_from_db()
    assert within.vic.status == "inactive"


@pytest.mark.parametrize(
    ("matched", "expected"),
    [("skip", (1, 0, 2, 0)), ("update", (1, 1, 0, 1)), ("create", (3, 0, 0, 0))],
)
def test_known_clients_and_repeated_rows(within, matched, expected):
    rows = [["Maria", "maria@example.com"], ["Nou", "nou@example.com"], ["Nou bis", "NOU@example.com"]]
    source = bring(within, ["Name", "E-mail"], rows, key="email", matched=matched)
    assert counts(source) == expected
    if matched != "create":
        assert "Row 3 has the same: E-mail." in reasons(source)[4]


def test_rows_repeated_in_a_later_chunk_are_known(within, monkeypatch):
    monkeypatch.setattr(running, "CHUNK", 2)
    rows = [[f"P {n % 5}", f"p{n % 5}@example.com", f"R{n % 7}"] for n in range(12)]
    source = bring(within, ["Name", "E-mail", "Reference"], rows, key="email", matched="update")
    assert counts(source) == (5, 0, 0, 7)
    source = bring(within, ["Name", "E-mail", "Reference"], rows, key="name", matched="create")
    assert counts(source) == (2, 0, 0, 10)


def test_by_reference_phone_and_name(within):
    bring(within, ["Name", "Reference", "Phone"], [["Ada", "A-1", "0744 000 001"]])
    assert counts(bring(within, ["Name", "Reference"], [["Ada L", "A-1"]], key="reference", matched="update")) == (
        0,
        1,
        0,
        0,
    )
    assert counts(bring(within, ["Name", "Phone"], [["X", "+40 744 000 001"]], key="phone")) == (0, 0, 1, 0)
    assert counts(bring(within, ["Name"], [["ADA l"]], key="name", matched="skip")) == (0, 0, 1, 0)
    assert counts(
        bring(within, ["Name", "Phone"], [["New", "0744 000 002"]], key="phone", matched="update", unmatched="skip")
    ) == (0, 0, 1, 0)


def test_a_reference_belongs_to_one_client(within):
    bring(within, ["Name", "Reference"], [["Ada", "A-1"]])
    headings, rows = ["Name", "E-mail", "Reference"], [
        ["Bob", "bob@example.com", "A-1"], ["Maria", "maria@example.com", "A-1"],
        ["Carl", "carl@example.com", "C-1"], ["Cora", "cora@example.com", "C-1"],
    ]  # fmt: skip
    source = bring(within, headings, rows, **UPDATE)
    assert counts(source) == (1, 0, 0, 3)
    assert reasons(source)[2] == "Reference: Another client has this reference."
    assert reasons(source)[5] == "Reference: Row 4 has this reference."


def test_first_and_last_names_notes_colleagues_and_choices_in_words(within, settings):
    settings.LANGUAGES = [("en", "English"), ("fr", "Français")]
    headings = ["Prénom", "Nom", "Société", "Tel mobil", "Note", "Assigned to", "Status", "Language", "Pays", "Ville"]
    row = [
        "Zoé",
        "Faure",
        "Atelier Z",
        "06 12 34 56 78",
        "Calls\nlate",
        "Cora; sam@folio.example",
        "prospect",
        "français",
        "France",
        "Lyon",
    ]
    source = bring(within, headings, [row])
    assert source.mapping == [
        "first_name",
        "last_name",
        "name",
        "phone1",
        "note",
        "team",
        "status",
        "language",
        "country",
        "city",
    ]
    assert reasons(source) == {}
    made = Client.objects.get(name="Atelier Z")
    assert (made.status, made.language, made.phone) == ("prospect", "fr", "+33612345678")
    assert Contact.objects.get(client=made).name == "Zoé Faure"
    assert Note.objects.get(client=made).body == "Calls\nlate"
    serving = set(Assignment.objects.filter(client=made).values_list("member_id", flat=True))
    assert serving == {within.cora.pk, within.sam.pk}
    verbs = sorted(Activity.objects.filter(client_id=made.pk).values_list("verb", flat=True))
    assert verbs == ["client.assigned", "client.assigned", "client.imported", "note.added"]


def test_unknown_words_are_named(within):
    headings = ["Name", "Kind", "Status", "Language", "Assigned to"]
    source = check(within, headings, [["A", "robot", "asleep", "Klingon", "Nobody"]])
    said = reasons(source)[2]
    for word in ("robot", "asleep", "Klingon", "Nobody of the team is called “Nobody”"):
        assert word in said


def test_hostile_cells_become_plain_text_or_a_reason(within):
    rows = [
        ["\u202eevil\u202c\u200b \x07bell", "ok@example.com", ""],
        ["😀 Emoji", "", "=cmd|' /C calc'!A0"],
        ["x" * 30000, "", ""],
        ["'; DROP TABLE clients_client; --", "", "<script>alert(1)</script>"],
        ["A", "a@b@c", "12345678901234567890123456789"],
    ]
    source = bring(within, ["Name", "E-mail", "Tags"], rows)
    assert counts(source) == (3, 0, 0, 2)
    names = set(Client.objects.values_list("name", flat=True))
    assert {"evil bell", "😀 Emoji", "'; DROP TABLE clients_client; --"} <= names
    assert "At most 160 characters" in reasons(source)[4]


def test_a_file_where_every_row_is_wrong(within, monkeypatch):
    monkeypatch.setattr(running, "CHUNK", 100)
    before = Client.objects.count()
    source = check(within, ["Name", "E-mail"], [[f"N{n}", "wrong"] for n in range(450)])
    assert counts(source) == (0, 0, 0, 450)
    actions.start(within.ana, source)
    run_due()
    assert Client.objects.count() == before
    assert sum(1 for _row in queries.rejected_rows(source)) == 450


def test_a_long_file_is_checked_in_the_background(within, monkeypatch):
    monkeypatch.setattr(running, "AT_ONCE", 3)
    source = check(within, ["Name"], [[f"N{n}"] for n in range(5)], key="name", matched="create")
    assert source.state == State.CHECKING
    run_due()
    source.refresh_from_db()
    assert (source.state, source.created) == (State.CHECKED, 5)


def test_new_columns_end_an_older_check(within, monkeypatch):
    monkeypatch.setattr(running, "AT_ONCE", 3)
    source = check(within, ["Name", "City"], [[f"N{n}", "X"] for n in range(5)], key="name", matched="create")
    actions.set_columns(within.ana, source, ["name", ""], Options(**source.options))
    run_due()
    assert ClientImport.objects.get().state == State.UPLOADED


def test_reading_a_row_costs_no_query(within, django_assert_max_num_queries):
    source = check(
        within, ["Name", "E-mail", "Phone"], [[f"N{n}", f"n{n}@example.com", f"07220{n:05}"] for n in range(300)]
    )
    actions.start(within.ana, source)
    # Some of these tell people that the import is done.
    with django_assert_max_num_queries(75):
        run_due()
    assert Client.objects.count() == 304


def test_started_finished_and_cancelled_are_recorded(within):
    source = bring(within, ["Name"], [["One"]])
    verbs = list(Activity.objects.filter(subject_id=source.pk).order_by("id").values_list("verb", flat=True))
    assert verbs == ["import.started", "import.finished"]
