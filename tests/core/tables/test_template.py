"""C4: the workbook to download and fill in."""

import openpyxl

from frontdesk.core.tables.reading import open_table
from frontdesk.core.tables.template import Column, example_cells, write_template

MANY = tuple(f"Choice number {n}" for n in range(40))
COLUMNS = [
    Column("name", "Name", required=True, hint="First and last name", example="Ana Pop"),
    Column("phone", "Phone", hint="With the country code", example="+40 745 123 456"),
    Column("status", "Status", choices=("Active", "Inactive"), example="Active"),
    Column("kind", "Kind", choices=MANY),
    Column("place", "Place", choices=("Paris, France", "Iași")),
    Column("born", "Born", kind="date"),
]


def _template(tmp_path):
    write_template(tmp_path / "t.xlsx", COLUMNS, sheet="Clients")
    return openpyxl.load_workbook(tmp_path / "t.xlsx")["Clients"]


def test_required_columns_are_yellow_and_only_those(tmp_path):
    """C4: one sees what must be filled in."""
    page = _template(tmp_path)
    colors = [cell.fill.start_color.rgb for cell in page[1]]
    assert colors == ["FFFFEB3B"] + ["FFEFEDE8"] * 5
    assert [cell.value for cell in page[1]] == [column.label for column in COLUMNS]
    assert page.freeze_panes == "A2"


def test_hints_and_choices_are_in_the_workbook(tmp_path):
    """C4: a comment on the heading says what belongs there; choices are picked from a list, short or long."""
    page = _template(tmp_path)
    assert "First and last name" in page["A1"].comment.text
    assert page["C1"].comment is None
    rules = {str(rule.sqref): rule.formula1 for rule in page.data_validations.dataValidation}
    assert rules["C2:C10001"] == '"Active,Inactive"'
    assert rules["D2:D10001"] == "Lists!$D$1:$D$40"
    lists = page.parent["Lists"]
    assert lists.sheet_state == "hidden"
    assert [cell.value for cell in lists["E"]][:2] == ["Paris, France", "Iași"]


def test_columns_keep_what_is_typed(tmp_path):
    """C4: text columns do not turn phones into numbers; date columns are dates."""
    page = _template(tmp_path)
    assert page.column_dimensions["B"].number_format == "@"
    assert page.column_dimensions["F"].number_format == "yyyy-mm-dd"


def test_the_template_is_read_back_with_its_example(tmp_path):
    """C4: an import knows the example row by its cells; the sheet of lists is not offered."""
    _template(tmp_path)
    with open_table(tmp_path / "t.xlsx", "t.xlsx") as table:
        assert table.sheets == ["Clients"]
        assert [row.cells for row in table] == [example_cells(COLUMNS)]
