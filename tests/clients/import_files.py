"""Files to import, of every kind, made in the test."""

import csv
import io

import odf.opendocument
import odf.table
import odf.text
import xlsxwriter
import xlwt

HEADINGS = ["Name", "E-mail", "Phone", "City", "Country", "Tags", "Reference"]
ROWS = [
    ["Elena Marin", "elena@example.com", "0745 100 200", "Brașov", "România", "VIP, 2026", "R-1"],
    ["Dan Țepeș", "dan.tepes@example.com", "+33 6 12 34 56 78", "Paris", "France", "", "R-2"],
    ["Atelier Nord SRL", "", "021 312 34 56", "București", "RO", "vip", "R-3"],
]


def csv_file(rows, headings=HEADINGS, encoding="utf-8", name="clients.csv") -> io.BytesIO:
    text = io.StringIO()
    csv.writer(text).writerows([headings, *rows])
    file = io.BytesIO(text.getvalue().encode(encoding))
    file.name = name
    return file


def xlsx_file(rows, headings=HEADINGS, sheets=("Sheet1",)) -> io.BytesIO:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        for name in sheets:
            page = book.add_worksheet(name)
            for number, row in enumerate([headings, *rows]):
                page.write_row(number, 0, row)
    file.seek(0)
    file.name = "clients.xlsx"
    return file


def xls_file(rows, headings=HEADINGS) -> io.BytesIO:
    book = xlwt.Workbook()
    page = book.add_sheet("Sheet1")
    for number, row in enumerate([headings, *rows]):
        for index, cell in enumerate(row):
            page.write(number, index, cell)
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    file.name = "clients.xls"
    return file


def ods_file(rows, headings=HEADINGS) -> io.BytesIO:
    book = odf.opendocument.OpenDocumentSpreadsheet()
    page = odf.table.Table(name="Sheet1")
    for row in [headings, *rows]:
        line = odf.table.TableRow()
        for cell in row:
            place = odf.table.TableCell(valuetype="string")
            place.addElement(odf.text.P(text=cell))
            line.addElement(place)
        page.addElement(line)
    book.spreadsheet.addElement(page)
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    file.name = "clients.ods"
    return file


KINDS = {"csv": csv_file, "xlsx": xlsx_file, "xls": xls_file, "ods": ods_file}
