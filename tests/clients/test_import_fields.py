"""Own fields in imports: guessing, template, values, refusals (C18, C4)."""

import io

import openpyxl
import pytest
from django.urls import reverse

from frontdesk.clients.custom import actions as own
from frontdesk.clients.custom.actions import FieldInput, OptionInput
from frontdesk.clients.imports import queries
from frontdesk.clients.models import Client
from frontdesk.core.errors import Invalid
from frontdesk.search.queries import search

from .test_import_rows import UPDATE, bring, check, counts, reasons


@pytest.fixture
def level(within):
    return own.add_field(
        within.ana, FieldInput("Level", "choice", options=[OptionInput("Gold"), OptionInput("Silver")])
    )


@pytest.fixture
def born(within):
    return own.add_field(within.ana, FieldInput("Date of birth", "date"))


def test_columns_are_guessed_and_values_kept_searched_and_updated(within, level, born):
    source = bring(within, ["Name", "E-mail", "level", "Date of Birth"],
                   [["Elena", "elena@example.com", "gold", "31.01.2010"]])  # fmt: skip
    assert source.mapping == ["name", "email1", level.path, born.path]
    elena = Client.objects.get(name="Elena")
    assert elena.custom == {str(level.pk): level.options[0]["id"], str(born.pk): "2010-01-31"}
    assert [hit.title for hit in search(within.sam, "gold")] == ["Elena"]
    bring(
        within, ["E-mail", "Level", "Date of birth"], [["elena@example.com", "Silver", ""]], unmatched="skip", **UPDATE
    )
    elena.refresh_from_db()
    assert elena.custom == {str(level.pk): level.options[1]["id"], str(born.pk): "2010-01-31"}


def test_wrong_values_are_named_with_their_column(within, level, born):
    source = check(within, ["Name", "Level", "Date of birth"], [["A", "Bronze", "soon"], ["B", "Silver", "2010-01-31"]])
    assert counts(source) == (1, 0, 0, 1)
    assert "Level: Choose one of: Gold, Silver." in reasons(source)[2]
    assert "Date of birth: “soon” is not a date." in reasons(source)[2]
    shown = queries.preview(source, within.account).rows
    assert shown[1].cells[level.path] == "Silver"


def test_a_required_field_is_asked_of_new_clients_only(within, level):
    own.update_field(within.ana, level, FieldInput("Level", required=True, options=[OptionInput("Gold")]))
    with pytest.raises(Invalid) as refused:
        check(within, ["Name", "E-mail"], [["A", "a@example.com"]])
    assert "Level" in refused.value.errors["mapping"][0]
    rows = [["A", "a@example.com", ""], ["Maria", "maria@example.com", ""]]
    assert counts(check(within, ["Name", "E-mail", "Level"], rows, **UPDATE)) == (0, 1, 0, 1)


def test_the_template_has_the_fields(cast, within, level, browser_of):
    own.update_field(within.ana, level, FieldInput("Level", required=True, options=[OptionInput("Gold")]))
    answer = browser_of(cast.ana).get(reverse("clients:import_template"))
    heading = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active[1]
    cell = next(cell for cell in heading if cell.value == "Level")
    assert cell.fill.start_color.rgb.endswith("FFEB3B"), "required columns are yellow"


def test_the_columns_page_offers_the_fields(cast, within, level, browser_of):
    source = check(within, ["Name", "Level"], [["A", "Gold"]])
    page = browser_of(cast.ana).get(reverse("clients:import_columns", args=[source.pk])).content.decode()
    assert f'value="{level.path}" selected' in page
