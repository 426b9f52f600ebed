"""C4: xlsx, xls, ods and csv are read alike, whatever program wrote them."""

import csv
import datetime

import pytest

from frontdesk.core.tables.reading import TableRefused, load, open_table, spool

from . import files

ROWS = [
    ["Name", "Phone", "Born", "Visits", "Rate"],
    ["Ștefan Țurcanu", 40745123456.0, datetime.date(1990, 1, 31), 12, 0.1 + 0.2],
    [None, None, None, None, None],
    ["Zoë\nMüller", "+40 745 123 456", None, 0, 99.5],
]
EXPECTED = [
    (2, ["Ștefan Țurcanu", "40745123456", "1990-01-31", "12", "0.3"]),
    (4, ["Zoë\nMüller", "+40 745 123 456", None, "0", "99.5"]),
]


def _csv(path, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


MAKERS = {
    "excel.xlsx": files.xlsx,
    "openpyxl.xlsx": files.xlsx_openpyxl,
    "macros.xlsm": files.xlsx,
    "old.XLS": files.xls,
    "libre.ods": files.ods,
}


def _read(path, name=None, **options):
    with open_table(path, name or path.name, **options) as table:
        return table.columns, [(row.number, row.cells) for row in table]


@pytest.mark.parametrize("name", MAKERS)
def test_every_workbook_gives_the_same_clean_cells(tmp_path, name):
    """C4: whole numbers without a fraction, ISO dates, phones with every digit, row numbers of the file."""
    path = MAKERS[name](tmp_path / name.lower(), ROWS)
    assert _read(path, name) == (ROWS[0], EXPECTED)


def test_csv_gives_the_same_cells(tmp_path):
    """C4: text tables keep their text; empty rows are skipped but counted."""
    columns, rows = _read(_csv(tmp_path / "a.csv", ROWS))
    assert columns == ROWS[0]
    assert rows[1] == (4, ["Zoë\nMüller", "+40 745 123 456", None, "0", "99.5"])
    assert rows[0][1][1] == "40745123456.0".removesuffix(".0")


def test_headings_are_the_first_row_with_content_wherever_it_stands(tmp_path):
    """C4: empty rows and columns before the table do not disturb it."""
    rows = [[], [], [None, None, "Name", "Town"], [None, None, "Ana", "Iași"]]
    assert _read(files.xlsx(tmp_path / "a.xlsx", rows)) == (["Name", "Town"], [(4, ["Ana", "Iași"])])
    (tmp_path / "a.csv").write_text("\n,,\n,Name,Town\n,Ana,Iași\n", encoding="utf-8")
    assert _read(tmp_path / "a.csv") == (["Name", "Town"], [(4, ["Ana", "Iași"])])


def test_short_rows_are_filled_and_empty_margins_dropped(tmp_path):
    """C4: each row is exactly as wide as the headings."""
    (tmp_path / "a.csv").write_text("Name,Town,,\nAna\nSam,Cluj,,\n")
    assert _read(tmp_path / "a.csv") == (["Name", "Town"], [(2, ["Ana", None]), (3, ["Sam", "Cluj"])])


def test_sheets_are_named_and_chosen(tmp_path):
    """C4: the first visible sheet with content is read, any other on request; hidden ones are not offered."""
    book = files.openpyxl.Workbook()
    book.active.title = "Empty"
    for title in ("Clients", "Hidden", "Archive"):
        page = book.create_sheet(title)
        page.append(["Name"])
        page.append([f"from {title}"])
    book["Hidden"].sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    with open_table(tmp_path / "a.xlsx", "a.xlsx") as table:
        assert (table.sheets, table.sheet) == (["Empty", "Clients", "Archive"], "Clients")
    assert _read(tmp_path / "a.xlsx", sheet="Archive")[1] == [(2, ["from Archive"])]
    with pytest.raises(TableRefused) as refused:
        _read(tmp_path / "a.xlsx", sheet="Hidden")
    assert refused.value.code == "no_such_sheet"
    assert refused.value.sheets == ["Empty", "Clients", "Archive"]


def test_formulas_give_their_stored_value_and_are_never_evaluated(tmp_path):
    """C4: only what the file already holds is read."""
    with files.xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["Sum", "Web", "Error"])
        page.write_formula(1, 0, "=1+1", None, 7)
        page.write_formula(1, 1, '=WEBSERVICE("http://127.0.0.1/")', None, "stored")
        page.write_formula(1, 2, "=1/0", None, "#DIV/0!")
    assert _read(tmp_path / "a.xlsx")[1] == [(2, ["7", "stored", None])]


def test_a_spool_is_read_many_times_from_any_row(tmp_path):
    """C4: preview, mapping and import read the rows again without the file."""
    rows = [["Name", "Number"]] + [[f"Client {n}", n] if n % 7 else [] for n in range(1, 2_500)]
    spool(_csv(tmp_path / "a.csv", rows), "a.csv", tmp_path / "a.rows").close()
    (tmp_path / "a.csv").unlink()
    with load(tmp_path / "a.rows") as table:
        everything = list(table)
        assert len(table) == len(everything) == 2_499 - 357
        assert list(table.rows(900, 1_700)) == everything[900:1_700]
        assert list(table.rows(2_140)) == everything[2_140:]
        assert list(table.rows(9_999)) == []
        assert table.row(2_000).cells == ["Client 1999", "1999"]
        for absent in (0, 1, 8, 9_999):
            with pytest.raises(KeyError):
                table.row(absent)
    assert [path.name for path in tmp_path.iterdir()] == ["a.rows"]
