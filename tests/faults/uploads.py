"""Files that no honest visitor uploads, each with a name that pretends to be a table."""

import io
import zipfile
import zlib
from collections.abc import Iterator

from tests.clients.import_files import ROWS, ods_file, xls_file, xlsx_file

ENDINGS = ("xlsx", "xls", "ods", "csv")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><html><script>alert(document.cookie)</script><table><tr><td>a</td></tr></table></html>"
PDF = b"%PDF-1.4\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n"
GIF = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
XXE = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd"><!ENTITY r SYSTEM "http://127.0.0.1:9/">]>'
    b"<worksheet><sheetData><row><c><v>&e;&r;</v></c></row></sheetData></worksheet>"
)
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE z [<!ENTITY a "ha">'
    + b"".join(
        b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
    )
    + b"]><sst><si><t>&j;</t></si></sst>"
)  # fmt: skip


def archive(parts: dict[str, bytes], base: bytes = b"") -> bytes:
    """A zip with these parts, and those of a base that they do not replace."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
        if base:
            with zipfile.ZipFile(io.BytesIO(base)) as old:
                for name in set(old.namelist()) - set(parts):
                    made.writestr(name, old.read(name))
    return file.getvalue()


XLSX, XLS, ODS = (make(ROWS).getvalue() for make in (xlsx_file, xls_file, ods_file))
SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"

# Refused whatever of the four endings they carry.
NEVER: dict[str, bytes] = {
    "nothing": b"",
    "blanks": b" \r\n\t " * 500,
    "SVG": SVG,
    "SVG after a byte order mark": b"\xef\xbb\xbf" + SVG,
    "SVG with a declaration": b'<?xml version="1.0"?>\n' + SVG,
    "HTML": HTML,
    "HTML after blanks": b"\n\n   " + HTML,
    "PDF": PDF,
    "PDF that is a page": PDF + HTML,
    "picture": b"\x89PNG\r\n\x1a\n" + b"\0" * 200,
    "picture with a script": GIF + b"/*" + b"\0" * 50 + b"*/=1;alert(1);//" + b"\0" * 50,
    "JPEG that is a page": b"\xff\xd8\xff\xe0" + HTML + b"\xff\xd9",
    "program": b"MZ\x90\0\x03\0\0\0" + b"\0" * 400,
    "program for Linux": b"\x7fELF\x02\x01\x01" + b"\0" * 400,
    "packed": b"\x1f\x8b\x08\0" + zlib.compress(b"a,b\n1,2\n"),
    "zip of nothing": archive({}),
    "zip of a page": archive({"index.html": HTML}),
    "zip that climbs": archive({"../../../../tmp/frontdesk-was-here": b"x", "/etc/cron.d/x": b"x"}),
    "zip in a zip": archive({"a.zip": archive({"b.zip": archive({"c.csv": b"a,b\n1,2\n"})})}),
    "torn zip": XLSX[:-40],
    "zip with half its end": XLSX[: len(XLSX) // 2],
    "text document": archive({"word/document.xml": b"<x/>", "[Content_Types].xml": b"<x/>"}),
    "OLE and nothing": OLE + b"\0" * 600,
    "OLE and noise": OLE + bytes(range(256)) * 40,
    "database": b"SQLite format 3\0" + b"\0" * 400,
    "JSON": b'{"name": "Maria", "email": ["a@example.com"]}',
    "NUL characters": b"Name,E-mail\nMar\0ia,a@example.com\n",
    "zeros": b"\0" * 100_000,
}
# Refused with the one ending that fits what they pretend to be.
PRETENDING: dict[str, tuple[str, bytes]] = {
    "external entity in the sheet": ("xlsx", archive({SHEET: XXE}, XLSX)),
    "external entity in the texts": ("xlsx", archive({STRINGS: XXE}, XLSX)),
    "entities of entities": ("xlsx", archive({STRINGS: LAUGHS}, XLSX)),
    "external entity in a spreadsheet": ("ods", archive({"content.xml": XXE}, ODS)),
    "bomb in the sheet": ("xlsx", archive({SHEET: b"<worksheet>" + b" " * 150_000_000}, XLSX)),
    "bomb in a spreadsheet": ("ods", archive({"content.xml": b"<a>" + b"0" * 150_000_000}, ODS)),
    "no sheet": ("xlsx", archive({SHEET: b""}, XLSX)),
    "broken sheet": ("xlsx", archive({SHEET: b"<worksheet><sheetData><row r='99999999999'"}, XLSX)),
    "half an old workbook": ("xls", XLS[: len(XLS) // 3]),
    "old workbook with noise": ("xls", XLS[:512] + b"\xff" * (len(XLS) - 512)),
    "cell of 2 MB": ("csv", b"Name,E-mail\n" + b"x" * 2_000_000 + b",a@example.com\n"),
    "quotation mark without end": ("csv", b'Name,E-mail\n"Maria,a@example.com\n' + b"x,y\n" * 50_000),
    "10,000 columns": ("csv", b",".join(b"c%d" % n for n in range(10_000)) + b"\n" + b"1," * 10_000 + b"\n"),
    "one heading twice": ("csv", b"Name,Name\nMaria,Victor\n"),
    "headings alone": ("csv", b"Name,E-mail\n"),
    "two encodings": ("csv", b"Name\n" + "Ștefan Țurcanu\n".encode() * 200 + "Émile\n".encode("latin-1")),
    "UTF-16 without end": ("csv", "Name\nȘtefan\n".encode("utf-16")[:-1]),
}
# Names with which a good file is taken under a plain name, or refused.
NAMES = (
    "../../../etc/passwd.csv", "..\\..\\windows\\clients.csv", "/etc/cron.d/clients.csv", "clients\u202evsc.csv",
    "\u2067\u200fclients\ufeff.csv", "clients.csv\0.exe", "a\0b.csv", "clients.csv\r\nX: 1.csv", ".csv", "csv",
    "con.csv", "x" * 600 + ".csv", "clients.csv.exe", "clients.exe\u202evsc.", "<img src=x onerror=alert(1)>.csv",
    "clients.csv;.php", "%00.csv", "👩‍👩‍👧‍👦.csv", "clients.CSV", "~/clients.csv", "$(id).csv",
    "'; drop table clients.csv",
)  # fmt: skip


def refused() -> Iterator[tuple[str, str, bytes]]:
    """(what, file name, content) of every upload that must be refused."""
    for what, content in NEVER.items():
        for ending in ENDINGS:
            yield f"{what} as .{ending}", f"clients.{ending}", content
    for what, (ending, content) in PRETENDING.items():
        yield what, f"clients.{ending}", content
    for ending in ("exe", "svg", "html", "pdf", "zip", "php", "xlsb", ""):
        yield f"a table as .{ending}", f"clients.{ending}", b"Name\nMaria\n"
