"""C4: exports in xlsx and csv are safe to open and read back as they were."""

import csv
import datetime
import io
import subprocess
import sys
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frontdesk.core.tables.cells import tidy_text
from frontdesk.core.tables.delimited import DelimitedFile
from frontdesk.core.tables.limits import Limits
from frontdesk.core.tables.reading import open_table
from frontdesk.core.tables.tabulate import Tabulated
from frontdesk.core.tables.workbooks import Workbook
from frontdesk.core.tables.writing import csv_chunks, write_csv, write_xlsx

DANGEROUS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    "'=1",
    "''+1",
    "' -1",
    '=HYPERLINK("x")',
]
WRITERS = {"xlsx": write_xlsx, "csv": write_csv}


def _read_here(path) -> list[list[str | None]]:
    """The data rows, read in this process: the child's start would dominate hundreds of examples."""
    limits = Limits()
    if path.suffix == ".csv":
        rows = DelimitedFile(str(path), limits).rows()
    else:
        book = Workbook(str(path), limits)
        rows = book.rows(book.choose(None))
    return [cells for _number, cells in Tabulated(rows, limits)]


@pytest.mark.parametrize("suffix", WRITERS)
def test_what_was_written_is_read(tmp_path, suffix):
    """C4: phones, formulas that are texts, dates, amounts and newlines survive the way out and back."""
    row = [
        "+40 745 123 456",
        "=1+1",
        Decimal("12.50"),
        datetime.date(2024, 1, 31),
        True,
        None,
        "a\nb",
        "0745",
        "'-x",
    ]
    moments = [
        datetime.datetime(2024, 1, 31, 9, 5),
        datetime.time(9, 5),
        datetime.date(1850, 5, 1),
        10**16,
        -7,
    ]
    row += moments
    path = tmp_path / f"a.{suffix}"
    WRITERS[suffix](path, [f"c{n}" for n in range(len(row))], [row])
    with open_table(path, path.name) as table:
        cells = next(iter(table)).cells
    amount = "12.5" if suffix == "xlsx" else "12.50"
    expected = ["+40 745 123 456", "=1+1", amount, "2024-01-31", "TRUE", None, "a\nb", "0745", "'-x"]
    assert cells == [*expected, "2024-01-31T09:05:00", "09:05:00", "1850-05-01", "10000000000000000", "-7"]


TEXTS = st.text(st.characters(exclude_characters="\0"), max_size=40)
GUARDED = st.builds("".join, st.tuples(st.text("'=+-@ \t\r＝", max_size=4), TEXTS))
PLAIN_ENOUGH = (TEXTS | GUARDED).filter(lambda text: not tidy_text(text)[:1].isdigit())


@pytest.mark.parametrize("suffix", WRITERS)
@given(rows=st.lists(st.tuples(st.just("x"), PLAIN_ENOUGH, PLAIN_ENOUGH), min_size=1, max_size=8))
@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_survives(tmp_path, suffix, rows):
    """C4: written and read again, every text equals its tidy form."""
    path = tmp_path / f"a.{suffix}"
    WRITERS[suffix](path, ["Key", "One", "Two"], rows)
    assert _read_here(path) == [[tidy_text(cell) or None for cell in row] for row in rows]


@given(number=st.integers() | st.floats(allow_nan=False, allow_infinity=False, width=32))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_number_survives(tmp_path, number):
    """C4: whole numbers to the last digit, fractions to fifteen."""
    path = tmp_path / "a.xlsx"
    write_xlsx(path, ["Key", "Number"], [["x", number]])
    cell = _read_here(path)[0][1]
    assert int(cell) == number if isinstance(number, int) else float(cell) == pytest.approx(number, rel=1e-14)


def test_csv_holds_nothing_that_is_evaluated():
    """C4: no cell of an export begins as a formula, headings included; numbers stay numbers."""
    text = b"".join(csv_chunks(DANGEROUS, [DANGEROUS, [-5, Decimal("-5.50"), None]])).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert all(cell.startswith("'") for row in rows[:2] for cell in row)
    assert rows[2] == ["-5", "-5.50", ""]


def test_xlsx_holds_only_texts(tmp_path):
    """C4: dangerous text is of type string and marked so that editing it makes no formula."""
    write_xlsx(tmp_path / "a.xlsx", DANGEROUS, [DANGEROUS, ["http://example.com", "mailto:a@example.com"]])
    page = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    cells = [cell for row in page.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert page["A2"].quotePrefix
    assert not any(cell.hyperlink for cell in cells)
    assert "<f>" not in zipfile.ZipFile(tmp_path / "a.xlsx").read("xl/worksheets/sheet1.xml").decode()


def test_csv_begins_with_the_mark_that_excel_needs(tmp_path):
    """C4: Excel reads the letters of a csv right only after a byte order mark; the separator is a choice."""
    stream = io.BytesIO()
    write_csv(stream, ["Nume"], [["Ștefan"]], separator=";")
    assert stream.getvalue() == '\ufeff"Nume"\r\n"Ștefan"\r\n'.encode()
    write_csv(tmp_path / "a.csv", ["Nume"], [["Ștefan"]], mark=False)
    assert (tmp_path / "a.csv").read_bytes().startswith(b'"Nume"')


def test_what_a_sheet_cannot_hold(tmp_path):
    """C4: over-long text is cut visibly; characters that XML forbids are left out; zones are dropped."""
    noon = datetime.datetime(2024, 1, 31, 12, tzinfo=datetime.UTC)
    stream = io.BytesIO()
    write_xlsx(stream, ["A", "B", "C", "D"], [["x" * 40_000, "a\ufffe\ud800\x02b", noon, float("nan")]])
    (tmp_path / "a.xlsx").write_bytes(stream.getvalue())
    long, odd, moment, nan = _read_here(tmp_path / "a.xlsx")[0]
    assert (len(long), long[-1], odd, moment, nan) == (32_767, "…", "ab", "2024-01-31T12:00:00", "nan")


@pytest.mark.parametrize("writer", ["write_csv", "write_xlsx"])
def test_memory_does_not_grow_with_the_rows(tmp_path, writer):
    """C4: an export of 100,000 rows takes little more memory than one of 1,000."""
    script = (
        "import resource, sys\n"
        f"from frontdesk.core.tables.writing import {writer} as write\n"
        "rows = ((f'name {n}', f'text {n}', n) for n in range(int(sys.argv[2])))\n"
        "write(sys.argv[1], ['Name', 'Text', 'Number'], rows)\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
    )
    few, many = (_peak(script, tmp_path / "out", count) for count in (1_000, 100_000))
    assert many - few < 8 * 1024


def _peak(script, path, count) -> int:
    # A shell between, because a process begins with the peak of the one it was forked from: this test run.
    command = ["sh", "-c", '"$@"; exit $?', "sh", sys.executable, "-c", script, str(path), str(count)]
    return int(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
