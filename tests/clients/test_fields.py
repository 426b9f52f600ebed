"""The account's own fields: settings, values on the record, search, filter, export, API (C18)."""

import io

import openpyxl
import pytest
from django.urls import reverse

from frontdesk.activity.models import Activity
from frontdesk.activity.queries import timeline
from frontdesk.clients import actions, queries
from frontdesk.clients.custom import actions as own
from frontdesk.clients.custom.actions import FieldInput, OptionInput
from frontdesk.clients.custom.models import CustomField
from frontdesk.clients.models import Client
from frontdesk.clients.values import ClientInput
from frontdesk.core.errors import Forbidden, Invalid
from frontdesk.core.tenancy.context import account_context
from frontdesk.search.queries import search

KINDS = ("text", "number", "date", "choice", "yes_no")


@pytest.fixture
def fields(within):
    """One field of each kind, by kind."""
    made = {}
    for kind in KINDS:
        options = [OptionInput("Gold"), OptionInput("Silver")] if kind == "choice" else []
        made[kind] = own.add_field(within.ana, FieldInput(f"My {kind}", kind, options=options))
    return made


def values(fields, **typed) -> dict:
    return {"custom": {str(fields[kind].pk): value for kind, value in typed.items()}}


def gold(fields) -> str:
    return fields["choice"].options[0]["id"]


def test_values_are_kept_as_their_kind(within, fields):
    typed = values(fields, text="  Piano ", number="1 234,50", date="31.01.2026", choice="gold", yes_no="yes")
    actions.update_client(within.sam, within.maria, typed)
    kept = Client.objects.get(pk=within.maria.pk).custom
    assert [kept[str(fields[kind].pk)] for kind in KINDS] == ["Piano", 1234.5, "2026-01-31", gold(fields), True]


def test_wrong_values_are_all_named_and_nothing_is_written(within, fields):
    typed = values(fields, number="many", date="soon", choice="Bronze", yes_no="perhaps")
    with pytest.raises(Invalid) as refused:
        actions.update_client(within.sam, within.maria, {"name": "Other", **typed})
    assert set(refused.value.errors) == {fields[kind].path for kind in ("number", "date", "choice", "yes_no")}
    assert Client.objects.get(pk=within.maria.pk).name == "Maria Ionescu"


def test_a_field_of_nobody_is_refused(within):
    with pytest.raises(Invalid):
        actions.update_client(within.sam, within.maria, {"custom": {"not-an-id": "x"}})


def test_a_required_field_is_asked_of_new_clients_and_may_not_be_emptied(within, fields):
    own.update_field(within.ana, fields["text"], FieldInput("My text", required=True))
    with pytest.raises(Invalid) as refused:
        actions.create_client(within.sam, ClientInput("Somebody"))
    assert list(refused.value.errors) == [fields["text"].path]
    actions.update_client(within.sam, within.maria, {"name": "Maria I."})
    with pytest.raises(Invalid):
        actions.update_client(within.sam, within.maria, values(fields, text=""))


def test_the_log_keeps_states_and_never_what_was_typed(within, fields):
    actions.update_client(within.sam, within.maria, values(fields, text="Allergic to nuts", choice="Gold", yes_no=True))
    actions.update_client(within.sam, within.maria, values(fields, text="Other", yes_no=False))
    actions.update_client(within.sam, within.maria, values(fields, text=""))
    said = [str(row.sentence) for row in reversed(timeline(within.maria.pk).rows)]
    assert [text.partition("</b> ")[2] for text in said] == [
        "filled in My text", "set My choice to “Gold”", "set My yes_no to “Yes”",
        "changed My text", "set My yes_no to “No”", "emptied My text",
    ]  # fmt: skip
    assert "Allergic" not in repr(list(Activity.objects.values_list("data", flat=True)))


def test_texts_and_choices_are_found_by_search(within, fields):
    actions.update_client(within.sam, within.maria, values(fields, text="Bösendorfer", choice="Silver"))
    assert [hit.title for hit in search(within.sam, "bosendorf")] == ["Maria Ionescu"]
    assert [hit.title for hit in search(within.sam, "silver")] == ["Maria Ionescu"]
    actions.set_status(within.sam, within.maria, "prospect")
    contact = queries.contacts_of(within.maria)[0]
    actions.update_contact(within.sam, within.maria, contact, actions.contacts.ContactInput("Maria"))
    assert [hit.title for hit in search(within.sam, "bosendorf")] == ["Maria Ionescu"], "a changed contact keeps it"


@pytest.mark.parametrize(("kind", "wanted", "found"), [("choice", "Gold", 1), ("choice", "Silver", 0),
                                                       ("yes_no", "yes", 1), ("yes_no", "no", 0)])  # fmt: skip
def test_the_list_is_filtered_by_choice_and_yes_or_no(within, fields, kind, wanted, found):
    actions.update_client(within.sam, within.maria, values(fields, choice="Gold", yes_no=True))
    filters = queries.Filters(custom=f"{fields[kind].pk}:{wanted}")
    assert len(queries.list_clients(within.sam, filters).rows) == found


def test_a_filter_by_a_text_or_an_unknown_field_is_refused(within, fields):
    for wanted in (f"{fields['text'].pk}:Piano", "nothing", f"{fields['choice'].pk}:Bronze"):
        with pytest.raises(Invalid):
            queries.list_clients(within.sam, queries.Filters(custom=wanted))


def test_a_renamed_choice_stays_with_its_clients_and_a_removed_one_too(within, fields):
    was = gold(fields)
    actions.update_client(within.sam, within.maria, values(fields, choice="Gold"))
    typed = FieldInput("My choice", options=[OptionInput("Platinum", was)])
    changed = own.update_field(within.ana, fields["choice"], typed)
    assert changed.option_label(within.maria.custom[str(changed.pk)]) == "Platinum"
    own.update_field(within.ana, changed, FieldInput("My choice", options=[OptionInput("Silver")]))
    actions.update_client(within.sam, within.maria, values(fields, choice=was))
    assert [option["label"] for option in changed.offered] == ["Silver"]
    with pytest.raises(Invalid):
        actions.update_client(within.sam, within.victor, values(fields, choice=was))


def test_an_archived_field_is_neither_asked_for_nor_lost(within, fields):
    actions.update_client(within.sam, within.maria, values(fields, text="Piano"))
    own.archive_field(within.ana, fields["text"])
    with pytest.raises(Invalid):
        actions.update_client(within.sam, within.maria, values(fields, text="Violin"))
    actions.update_client(within.sam, within.maria, values(fields, number=3))
    assert Client.objects.get(pk=within.maria.pk).custom[str(fields["text"].pk)] == "Piano"


def test_fields_are_put_in_order(within, fields):
    own.move_field(within.ana, fields["yes_no"], -1)
    assert [field.kind for field in CustomField.objects.order_by("position")][-2:] == ["yes_no", "choice"]


def test_names_are_told_apart_and_a_choice_needs_choices(within, fields):
    with pytest.raises(Invalid):
        own.add_field(within.ana, FieldInput("my TEXT"))
    with pytest.raises(Invalid):
        own.add_field(within.ana, FieldInput("Level", "choice"))
    with pytest.raises(Invalid):
        own.add_field(within.ana, FieldInput("Level", "choice", options=[OptionInput("A"), OptionInput("a")]))
    with pytest.raises(Forbidden):
        own.add_field(within.sam, FieldInput("Another"))


def test_the_settings_page_adds_moves_archives_and_restores(cast, browser_of):
    browser = browser_of(cast.ana)
    form = {"label": "Level", "kind": "choice", "options-TOTAL_FORMS": 2, "options-INITIAL_FORMS": 0,
            "options-0-label": "Beginner", "options-1-label": "Advanced"}  # fmt: skip
    assert browser.post(reverse("clients:field_new"), form).status_code == 302
    with account_context(cast.account):
        made = CustomField.objects.get()
    assert [option["label"] for option in made.options] == ["Beginner", "Advanced"]
    assert "Beginner, Advanced" in browser.get(reverse("clients:fields")).content.decode()
    assert "Beginner" in browser.get(reverse("clients:field_edit", args=[made.pk])).content.decode()
    again = browser.post(reverse("clients:field_new"), form)
    assert (again.status_code, "Another field has this name" in again.content.decode()) == (422, True)
    browser.post(reverse("clients:field_archive", args=[made.pk]), {"archived": "yes"})
    assert "Use again" in browser.get(reverse("clients:fields")).content.decode()
    browser.post(reverse("clients:field_archive", args=[made.pk]), {"archived": "no"})
    assert "Use again" not in browser.get(reverse("clients:fields")).content.decode()
    assert browser_of(cast.sam).get(reverse("clients:fields")).status_code == 403


def test_the_record_asks_for_and_shows_the_fields(cast, browser_of, fields):
    browser = browser_of(cast.sam)
    address = reverse("clients:edit", args=[cast.maria.pk])
    own_form = {"kind": "person", "name": "Maria Ionescu", "reference": "", "language": ""}
    typed = {fields["text"].path: "Piano", fields["date"].path: "2026-01-31", fields["choice"].path: gold(fields),
             fields["number"].path: "12.345678", fields["yes_no"].path: "no"}  # fmt: skip
    assert browser.post(address, own_form | typed).status_code == 302
    shown = browser.get(reverse("clients:show", args=[cast.maria.pk])).content.decode()
    for text in ("Piano", "Gold", "My yes_no", "12.345678"):
        assert text in shown
    assert 'value="Piano"' in browser.get(address).content.decode()
    wrong = browser.post(address, own_form | typed | {fields["number"].path: "many"})
    assert (wrong.status_code, "“many” is not a number." in wrong.content.decode()) == (422, True)


def test_a_new_client_is_asked_for_them_too(cast, browser_of, fields):
    browser = browser_of(cast.sam)
    form = {"kind": "person", "name": "Somebody New", "status": "active", fields["text"].path: "Cello"}
    for name in ("emails", "phones"):
        form |= {f"{name}-TOTAL_FORMS": 0, f"{name}-INITIAL_FORMS": 0}
    assert browser.post(reverse("clients:new"), form).status_code == 302
    with account_context(cast.account):
        made = Client.objects.get(name="Somebody New")
    assert made.custom == {str(fields["text"].pk): "Cello"}


def test_the_list_page_narrows_by_a_choice(cast, browser_of, fields):
    with account_context(cast.account):
        actions.update_client(cast.sam, cast.maria, values(fields, choice="Gold"))
    page = browser_of(cast.sam).get(reverse("clients:list"), {fields["choice"].path: gold(fields)}).content.decode()
    assert ("Maria Ionescu" in page, "Victor" in page, "My choice: Gold" in page) == (True, False, True)


def test_exports_have_a_column_for_each_field(cast, browser_of, fields):
    with account_context(cast.account):
        actions.update_client(
            cast.sam, cast.maria, values(fields, choice="Gold", yes_no=True, number=7, date="2026-01-31")
        )
    answer = browser_of(cast.sam).get(reverse("clients:export", args=["xlsx"]))
    rows = list(openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.values)
    maria = dict(zip(rows[0], next(row for row in rows if row[0] == "Maria Ionescu"), strict=True))
    assert (maria["My choice"], maria["My yes_no"], maria["My number"]) == ("Gold", "Yes", 7)


def test_the_api_defines_reads_writes_and_filters(cast, api_of):
    admin = api_of(cast.ana)
    made = admin.post("/api/v1/client-fields", {"label": "Level", "kind": "choice", "options": [{"label": "A"}]})
    field = made.json()
    assert (made.status_code, field["options"][0]["label"]) == (201, "A")
    office = api_of(cast.sam)
    address = f"/api/v1/clients/{cast.maria.pk}"
    body = {"custom": {field["id"]: "A"}}
    assert office.patch(address, body, content_type="application/json").json()["custom"] == {
        field["id"]: field["options"][0]["id"]
    }
    refused = office.patch(address, {"custom": {field["id"]: "B"}}, content_type="application/json")
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, f"custom.{field['id']}")
    found = office.get("/api/v1/clients", {"custom": f"{field['id']}:A"}).json()["data"]
    assert [row["name"] for row in found] == ["Maria Ionescu"]
    added = office.post("/api/v1/clients", {"name": "New One", "custom": {field["id"]: "A"}})
    assert (added.status_code, list(added.json()["custom"])) == (201, [field["id"]])
    assert admin.post(f"/api/v1/client-fields/{field['id']}/archive").json()["archived"] is True
    assert office.post("/api/v1/client-fields", {"label": "Mine"}).status_code == 403
    assert api_of(cast.other.olga).get("/api/v1/client-fields").json() == {"data": []}
