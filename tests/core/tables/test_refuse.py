"""C4: hostile, broken and unsuitable files get a clear refusal and leave nothing behind."""

import os
import zipfile

import pytest

from frontdesk.core.tables.limits import Limits
from frontdesk.core.tables.reading import TableRefused, check_size, open_table, spool
from frontdesk.core.tables.refusal import CONTENTS, MESSAGES

from . import files

TABLE = [["Name", "Town"], ["Ana", "Cluj"]]


def _refusal(path, name=None, **options) -> TableRefused:
    target = path.parent / "spooled"
    with pytest.raises(TableRefused) as refused:
        spool(path, name or path.name, target, **options)
    assert not list(path.parent.glob("spooled*"))
    assert refused.value.code in MESSAGES
    return refused.value


def _written(path, content) -> "os.PathLike":
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.csv", "", "empty_file"),
        ("a.xlsx", "", "empty_file"),
        ("a.csv", "\n \n", "empty_file"),
        ("a.csv", ",,\n,,\n", "empty_sheet"),
        ("a.csv", "Name,Town\n,\n", "only_header"),
        ("a.csv", "Name,name \nAna,Pop\n", "duplicate_header"),
        ("a.csv", "Name,,Town\nAna,x,Cluj\n", "unnamed_column"),
        ("a.csv", "Name,Town\nAna,Cluj,lost\n", "unnamed_column"),
        ("a.csv", ",".join(f"c{n}" for n in range(201)) + "\n1\n", "too_many_columns"),
        ("a.csv", "Name,Town\n" + "x," * 300 + "x\n", "unnamed_column"),
        ("a.csv", "Name,Town\n" + "," * 300 + "x\n", "too_many_columns"),
        ("a.csv", f"Name,Note\nAna,{'x' * 1_000_000}\n", "cell_too_long"),
        ("a.csv", "x" * (1 << 23), "cell_too_long"),
        ("a.csv", 'Name,Note\nAna,"never closed\nSam,x\n', "unclosed_quote"),
        ("a.csv", "Name,Note\nAna,a\0b\n", "nul_characters"),
        ("a.csv", b"Name,Note\nAn\xe9,a\0b\n", "nul_characters"),
        ("a.csv", bytes(range(256)) * 50, "nul_characters"),
        ("a.csv", "%PDF-1.7 x", "wrong_type"),
        ("a.csv", b"\x89PNG\r\n\x1a\n\0\0", "wrong_type"),
        ("a.csv", "<!DOCTYPE html><html></html>", "wrong_type"),
        ("a.xls", "<html><table><tr><td>1</td></tr></table></html>", "wrong_type"),
        ("a.xls", '<?xml version="1.0"?><Workbook></Workbook>', "wrong_type"),
        ("a.csv", '{"name": 1}', "wrong_type"),
        ("a.xlsx", "Name,Town\nAna,Cluj\n", "wrong_type"),
        ("a.csv", b"\x7fELF\x02\x01\x01\0", "wrong_type"),
        ("a.pdf", "Name,Town\nAna,Cluj\n", "unknown_extension"),
        ("clients", "Name,Town\nAna,Cluj\n", "unknown_extension"),
        ("a.xlsx", b"PK\x03\x04 torn off", "damaged"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 torn off", "damaged"),
    ],
)
def test_text_that_is_no_table(tmp_path, name, content, code):
    """C4: every reason has its own code and sentence."""
    assert _refusal(_written(tmp_path / name, content)).code == code


def test_text_that_only_looks_like_something_else(tmp_path):
    """C4: headings may begin with the letters of a signature."""
    for heading in ("PK", "BM", "MZ", "RIFF", "Rar!"):
        path = _written(tmp_path / "a.csv", f"{heading},Town\nAna,Cluj\n")
        with open_table(path, "a.csv") as table:
            assert table.columns == [heading, "Town"]


def test_content_must_match_the_name(tmp_path):
    """C4: a workbook under another name, and other zipped documents, are refused."""
    for make, suffix in ((files.xlsx, "xlsx"), (files.xls, "xls"), (files.ods, "ods")):
        path = make(tmp_path / f"a.{suffix}", TABLE)
        for other in {"xlsx", "xls", "ods", "csv"} - {suffix}:
            refused = _refusal(path, f"a.{other}")
            assert (refused.code, refused.details["content"]) == ("wrong_type", suffix)
    for part, content in (
        ("word/document.xml", "document"),
        ("xl/workbook.bin", "xlsb"),
        ("a.txt", "archive"),
    ):
        with zipfile.ZipFile(tmp_path / "b.xlsx", "w") as archive:
            archive.writestr(part, "x")
        assert _refusal(tmp_path / "b.xlsx").details["content"] == content


def test_refusals_point_at_the_place(tmp_path):
    """C4: row and column as the person sees them."""
    path = files.xlsx(tmp_path / "a.xlsx", [[], ["Name", None, "Town"], [], ["Ana", "lost", "Cluj"]])
    assert _refusal(path).details == {"row": 4, "column": "B", "header": 2, "sheets": ["Sheet1"]}
    path = _written(tmp_path / "a.csv", "E-mail,Name,E-Mail\n1,2,3\n")
    assert {"first": "A", "second": "C", "name": "E-Mail"}.items() <= _refusal(path).details.items()
    path = _written(tmp_path / "a.csv", 'Name,Note\nAna,x\nSam,"open\nCora,x\n')
    assert _refusal(path).details["row"] == 3


def test_encrypted_workbooks(tmp_path):
    """C4: a password is named as the reason, whatever the format."""
    assert _refusal(files.ole(tmp_path / "a.xlsx", "EncryptionInfo", "EncryptedPackage")).code == "encrypted"
    manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
    assert _refusal(files.raw_ods(tmp_path / "a.ods", "garbled", manifest)).code == "encrypted"
    locked = bytearray(files.xls(tmp_path / "b.xls", TABLE).read_bytes())
    # The record after the beginning of the workbook becomes FILEPASS, which encrypted ones have there.
    place = locked.index(b"\x09\x08\x10\x00") + 20
    locked[place : place + 2] = b"\x2f\x00"
    assert _refusal(_written(tmp_path / "a.xls", locked)).code == "encrypted"
    assert _refusal(files.ole(tmp_path / "a.xls", "WordDocument")).details["content"] == "document"
    assert _refusal(files.ole(tmp_path / "a.xls", "Nothing")).code == "damaged"


@pytest.mark.parametrize("keep", [0, 10, 400, 9_000, -200])
def test_broken_xml(tmp_path, keep):
    """C4: a sheet cut anywhere is refused, never read in part."""
    whole = files.xlsx(tmp_path / "whole.xlsx", [["Name", "Town"]] + [["Ana", n] for n in range(500)])

    def cut(name, data):
        return data[:keep] if name.endswith("sheet1.xml") else data

    assert _refusal(files.rewritten(whole, tmp_path / "a.xlsx", cut)).code in ("damaged", "empty_sheet")


def test_garbage_between_rows(tmp_path):
    """C4: what no parser understands is damage."""
    path = files.raw_xlsx(tmp_path / "a.xlsx", '<row r="1"><c r="A1"><v>1</v></c></row><<garbage && ')
    assert _refusal(path).code == "damaged"
    assert _refusal(files.raw_ods(tmp_path / "a.ods", "<office:document-content><")).code == "damaged"


def test_torn_archive(tmp_path):
    """C4: a file whose upload broke off is damaged."""
    whole = files.xlsx(tmp_path / "whole.xlsx", TABLE).read_bytes()
    assert _refusal(_written(tmp_path / "a.xlsx", whole[: len(whole) // 2])).code == "damaged"
    flipped = bytearray(whole)
    flipped[60:90] = b"\xff" * 30
    assert _refusal(_written(tmp_path / "a.xlsx", flipped)).code == "damaged"


def test_characters_in_workbooks(tmp_path):
    """C4: NUL by escape, and a cell of a megabyte, are refused with their row."""
    head = f'<row r="1">{files.inline("A1", "Name")}</row>'
    path = files.raw_xlsx(tmp_path / "a.xlsx", head + f'<row r="3">{files.inline("A3", "a_x0000_b")}</row>')
    assert (_refusal(path).code, _refusal(path).details["row"]) == ("nul_characters", 3)
    path = files.raw_xlsx(tmp_path / "a.xlsx", head + f'<row r="2">{files.inline("A2", "x" * 1_000_000)}</row>')
    assert (_refusal(path).code, _refusal(path).details["row"]) == ("cell_too_long", 2)


def test_limits_are_parameters(tmp_path):
    """C4: an installation may allow more or less."""
    path = _written(tmp_path / "a.csv", "Name,Town\n" + "Ana,Cluj\n" * 11)
    assert _refusal(path, limits=Limits(rows=10)).details["limit"] == 10
    assert _refusal(path, limits=Limits(columns=1)).code == "too_many_columns"
    assert _refusal(path, limits=Limits(cell_characters=3)).code == "cell_too_long"
    with open_table(path, "a.csv", limits=Limits(rows=11)) as table:
        assert len(table) == 11
    with pytest.raises(TableRefused):
        check_size(2 << 20, Limits(file_bytes=1 << 20))


def test_every_refusal_says_what_to_do():
    """C4: each code has a sentence for people, also with no details at hand."""
    for code in MESSAGES:
        refused = TableRefused(code, {"limit": 5, "row": 2, "content": "pdf"})
        assert len(refused.message) > 50
        assert refused.message.endswith(".")
        assert TableRefused(code).message
    assert all(name() for name in CONTENTS.values())
    assert "PDF" in TableRefused("wrong_type", {"extension": "csv", "content": "pdf"}).message
    assert "200,000 rows" in TableRefused("too_many_rows", {"limit": 200_000}).message
    assert TableRefused("never heard of").code == "damaged"
