"""C4: whatever the file, the process that parses it stays under 300 MiB, and ends."""

import json
import subprocess
import sys
from itertools import chain

import pytest

from frontdesk.core.tables.limits import Limits
from frontdesk.core.tables.reading import TableRefused, open_table

from . import files

MOST_MEMORY_MIB = 300
MEASURE = """
import json, resource, sys
from frontdesk.core.tables.reading import TableRefused, open_table
try:
    with open_table(sys.argv[1], sys.argv[1]) as table:
        outcome = [None, len(table), sum(1 for row in table)]
except TableRefused as refused:
    outcome = [refused.code]
peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF))
print(json.dumps([outcome, peak / 1024]))
"""


def _measured(path) -> list:
    """The outcome for the file; fails when the parser or its parent took too much memory."""
    # A shell between, because a process begins with the peak of the one it was forked from: this test run.
    shell = ["sh", "-c", '"$@"; exit $?', "sh"]
    command = [*shell, sys.executable, "-c", MEASURE, str(path)]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    outcome, peak = json.loads(done.stdout)
    assert peak < MOST_MEMORY_MIB
    return outcome


def test_a_large_workbook_of_distinct_texts(tmp_path):
    """C4: 100,000 rows by 10 columns, no two texts alike, are read within the bound."""
    count = 100_001 * 10
    texts = "".join(f"<si><t>some text of a cell, {n}</t></si>" for n in range(count))
    rows = (
        "<row>" + "".join(f'<c t="s"><v>{first + n}</v></c>' for n in range(10)) + "</row>"
        for first in range(0, count, 10)
    )
    path = files.raw_xlsx(tmp_path / "a.xlsx", rows, xl__sharedStrings=f'<?xml version="1.0"?><sst>{texts}</sst>')
    assert _measured(path) == [None, 100_000, 100_000]


def test_a_wide_text_table(tmp_path):
    """C4: text tables need hardly any memory, so more fits: 50,000 rows by 200 columns."""
    line = ",".join(f"cell {n}" for n in range(200)) + "\n"
    with open(tmp_path / "a.csv", "w") as file:
        file.writelines(line for _ in range(50_001))
    assert _measured(tmp_path / "a.csv") == [None, 50_000, 50_000]


def test_ten_million_rows(tmp_path):
    """C4: refused as soon as there is one row too many, in text and in workbooks."""
    with open(tmp_path / "a.csv", "w") as file:
        file.write("Name,Town\n")
        file.writelines("Ana,Cluj\n" * 100_000 for _ in range(100))
    assert _measured(tmp_path / "a.csv") == ["too_many_rows"]
    rows = (f'<row r="{n}"><c r="A{n}"><v>{n * 7919}</v></c></row>' for n in range(1, 1_000_000))
    assert _measured(files.raw_xlsx(tmp_path / "a.xlsx", rows)) == ["too_many_rows"]


def test_rows_that_do_not_fit_in_memory_are_still_called_too_many(tmp_path):
    """C4: the reason given is the one that the person can act on."""
    row = "<row>" + "<c><v>{0}</v></c><c><v>1{0}</v></c>" * 15 + "</row>"
    rows = (row.format(n * 7919) for n in range(400_000))
    assert _measured(files.raw_xlsx(tmp_path / "a.xlsx", rows)) == ["too_many_rows"]


def test_a_zip_bomb_by_its_directory_and_by_its_content(tmp_path):
    """C4: neither a small file with a huge sheet nor one that lies about its size is opened."""
    blanks = " " * (1 << 20)
    path = files.raw_xlsx(tmp_path / "a.xlsx", (blanks for _ in range(600)))
    assert _measured(path) == ["bomb"]
    data = path.read_bytes()
    size = (600 * (1 << 20) + len(files.SHEET_HEAD) + len(files.SHEET_TAIL)).to_bytes(4, "little")
    assert size in data
    path.write_bytes(data.replace(size, (5_000).to_bytes(4, "little")))
    assert _measured(path) == ["bomb"]


def test_moderate_bombs_pass_by_their_ratio_or_not(tmp_path):
    """C4: 60 MB of blanks is out of proportion though below the absolute bound."""
    path = files.raw_xlsx(tmp_path / "a.xlsx", (" " * (1 << 20) for _ in range(60)))
    assert _measured(path) == ["bomb"]


def test_entity_bombs(tmp_path):
    """C4: declarations are refused unread, in every part and split over any boundary."""
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    declared = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">{lol}]><sst><si><t>&l9;</t></si></sst>'
    path = files.raw_xlsx(tmp_path / "a.xlsx", "", xl__sharedStrings=declared)
    assert _measured(path) == ["unsafe_xml"]
    path = files.raw_ods(tmp_path / "a.ods", " " * ((1 << 18) - 4) + declared)
    assert _measured(path) == ["unsafe_xml"]


def test_far_corners_and_repetitions(tmp_path):
    """C4: a sheet of two cells with the whole grid between them, and repeated cells, are refused."""
    corners = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert _measured(files.raw_xlsx(tmp_path / "a.xlsx", corners)) == ["too_complex"]
    tall = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1000000"><c r="CV1000000"><v>1</v></c></row>'
    assert _measured(files.raw_xlsx(tmp_path / "a.xlsx", tall)) == ["too_complex"]
    document = files.OpenDocumentSpreadsheet()
    table, row = files.Table(name="S"), files.TableRow(numberrowsrepeated=90_000)
    cell = files.TableCell(valuetype="string", numbercolumnsrepeated=1_000)
    cell.addElement(files.P(text="x" * 1_000))
    row.addElement(cell)
    table.addElement(row)
    document.spreadsheet.addElement(table)
    document.save(str(tmp_path / "a.ods"))
    assert _measured(tmp_path / "a.ods") == ["too_complex"]


def test_one_long_text_in_every_cell(tmp_path):
    """C4: a shared text multiplied by its uses neither fills memory nor the disk."""
    shared = f'<?xml version="1.0"?><sst><si><t>{"x" * 32_000}</t></si></sst>'
    head = [f'<row r="1">{files.inline("A1", "Name")}{files.inline("B1", "Note")}</row>']
    cells = '<c r="A{0}"><v>{0}</v></c><c r="B{0}" t="s"><v>0</v></c>'
    rows = (f'<row r="{n}">{cells.format(n)}</row>' for n in range(2, 100_000))
    path = files.raw_xlsx(tmp_path / "a.xlsx", chain(head, rows), xl__sharedStrings=shared)
    assert _measured(path) == ["too_complex"]


def test_a_gigabyte(tmp_path):
    """C4: a file over the limit is not even opened."""
    with open(tmp_path / "a.csv", "wb") as file:
        file.truncate(1 << 30)
    assert _measured(tmp_path / "a.csv") == ["too_large"]


@pytest.mark.parametrize("limits", [Limits(wall_seconds=0), Limits(cpu_seconds=1, rows=10**8)])
def test_time_is_bounded(tmp_path, limits):
    """C4: a file that takes too long is refused, by the clock and by the processor's time."""
    with open(tmp_path / "a.csv", "w") as file:
        file.writelines("Ana,Cluj,some text\n" * 10_000 for _ in range(400))
    with pytest.raises(TableRefused) as refused:
        open_table(tmp_path / "a.csv", "a.csv", limits=limits)
    assert refused.value.code == "too_slow"


def test_the_spool_is_bounded(tmp_path):
    """C4: a file may not fill the disk of the server."""
    path = tmp_path / "a.csv"
    path.write_text("Name\nAna\n")
    with pytest.raises(TableRefused) as refused:
        open_table(path, "a.csv", limits=Limits(spool_bytes=10))
    assert refused.value.code == "too_complex"
