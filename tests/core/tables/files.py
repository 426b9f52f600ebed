"""Makers of the files that the tests read: honest ones with the usual libraries, hostile ones by hand."""

import struct
import zipfile
from pathlib import Path

import openpyxl
import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
WORKBOOK = (
    '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="worksheets/sheet1.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/></Relationships>'
)
ROOT_RELATIONS = RELATIONS.replace("worksheets/sheet1.xml", "xl/workbook.xml").replace(
    "relationships/worksheet", "relationships/officeDocument"
)
SHEET_HEAD = (
    '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
)
SHEET_TAIL = "</sheetData></worksheet>"


def xlsx(path: Path, rows, sheet: str = "Sheet1") -> Path:
    """A workbook as Excel saves it; strings, numbers, dates by their Python types."""
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd", "strings_to_formulas": False}) as book:
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                page.write(number, column, cell)
    return path


def xlsx_openpyxl(path: Path, rows) -> Path:
    """The same by another library, which writes other XML."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def xls(path: Path, rows) -> Path:
    """A workbook of Excel 97 to 2003."""
    book = xlwt.Workbook()
    page = book.add_sheet("Sheet1")
    dated = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell is not None:
                page.write(number, column, cell, dated if hasattr(cell, "year") else xlwt.Style.default_style)
    book.save(str(path))
    return path


def ods(path: Path, rows) -> Path:
    """A spreadsheet as LibreOffice saves it, with the rows to the end of the sheet as one repetition."""
    document = OpenDocumentSpreadsheet()
    table = Table(name="Sheet1")
    document.spreadsheet.addElement(table)
    for row in rows:
        line = TableRow()
        for cell in row:
            line.addElement(_ods_cell(cell))
        line.addElement(TableCell(numbercolumnsrepeated=16_384 - len(row)))
        table.addElement(line)
    rest = TableRow(numberrowsrepeated=1_048_576 - len(rows))
    rest.addElement(TableCell(numbercolumnsrepeated=16_384))
    table.addElement(rest)
    document.save(str(path))
    return path


def _ods_cell(cell) -> TableCell:
    if cell is None:
        return TableCell()
    if hasattr(cell, "year"):
        made = TableCell(valuetype="date", datevalue=cell.isoformat())
    elif isinstance(cell, (int, float)):
        made = TableCell(valuetype="float", value=str(cell))
    else:
        made = TableCell(valuetype="string")
    made.addElement(P(text=str(cell)))
    return made


def raw_xlsx(path: Path, sheet_data, **parts: str) -> Path:
    """A workbook around hand-written rows (one text or many pieces); `parts` add or replace, "__" is "/"."""
    pieces = [sheet_data] if isinstance(sheet_data, str) else sheet_data
    contents = {"[Content_Types].xml": CONTENT_TYPES, "xl/workbook.xml": WORKBOOK}
    contents |= {"_rels/.rels": ROOT_RELATIONS, "xl/_rels/workbook.xml.rels": RELATIONS}
    contents |= {f"{name.replace('__', '/')}.xml": text for name, text in parts.items()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in contents.items():
            archive.writestr(name, text)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for piece in (SHEET_HEAD, *pieces, SHEET_TAIL):
                sheet.write(piece.encode())
    return path


def inline(reference: str, text: str) -> str:
    """The XML of a cell that holds its own text."""
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def raw_ods(path: Path, content: str, manifest: str = "<manifest/>") -> Path:
    """An OpenDocument file around a hand-written content.xml."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
    return path


def ole(path: Path, *streams: str) -> Path:
    """A compound file (the shell of .xls, .doc and encrypted .xlsx) with empty streams of these names."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<H", header, 30, 9)
    struct.pack_into("<I", header, 48, 0)
    directory = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in ("Root Entry", *streams))
    path.write_bytes(bytes(header) + directory.ljust(1024, b"\0"))
    return path


def rewritten(source: Path, target: Path, change) -> Path:
    """A zipped file with `change(name, data)` applied to each of its parts."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return target
