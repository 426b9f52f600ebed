"""Importing a real file: C4."""

import re

import pytest
import xlsxwriter
from playwright.sync_api import expect

from frontdesk.clients.models import Client
from frontdesk.core.tenancy.context import account_context

from .checks import everything

ROWS = 2_400
WRONG = 3
NO_SLOW_LOOK = "const own = setInterval; window.setInterval = (act, pause) => own(act, pause === 5000 ? 1e8 : pause);"
HEADINGS = ["Name", "Contact", "E-mail", "Phone", "City", "Nickname"]


@pytest.fixture
def client_file(tmp_path):
    """A spreadsheet as businesses have them: thousands of rows, accents, an unknown column, a few errors."""
    path = tmp_path / "Clients été 2026.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Clients")
        sheet.write_row(0, 0, HEADINGS)
        for number in range(ROWS):
            email = "not an address" if number in range(0, WRONG * 100, 100) else f"person{number}@example.net"
            row = [f"Élève Țurcanu {number:04d}", f"Dan {number}", email, f"+4074522{number:04d}", "Cluj-Napoca", "x"]
            sheet.write_row(number + 1, 0, row)
    return path


@pytest.mark.parametrize("phone", [False, True])
def test_import_wizard(desk, cast, client_file, working, pictures, phone):
    """Upload, columns, preview with the errors, progress, summary; nothing is saved before Import."""
    window = desk("ana", phone=phone)
    page = window.page
    page.goto("/clients/import/")
    page.locator("input[type=file]").set_input_files(client_file)
    assert everything(page) == []
    pictures(page, f"import 1 {phone}")
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_role("heading", name="Which column is which?")).to_be_visible(timeout=60_000)
    assert everything(page) == []
    pictures(page, f"import 2 {phone}")
    page.get_by_role("button", name="Show the preview").click()
    expect(page.get_by_role("heading", name="This is what will happen")).to_be_visible(timeout=60_000)
    assert everything(page) == []
    pictures(page, f"import 3 {phone}")
    page.get_by_label("Rows shown").get_by_role("link").nth(-1).click()
    assert everything(page) == []
    pictures(page, f"import 4 {phone}")
    with account_context(cast.account):
        assert Client.objects.count() == 4
    page.get_by_role("button", name=re.compile(r"Import \d.*rows")).click()
    expect(page.get_by_role("heading", name="The import is finished")).to_be_visible(timeout=90_000)
    assert everything(page) == []
    pictures(page, f"import 5 {phone}")
    assert window.is_phone_wide() or not phone
    with account_context(cast.account):
        assert Client.objects.count() == 4 + ROWS - WRONG
    with page.expect_download() as rejected:
        page.get_by_role("link", name="Rejected rows (csv)").click()
    assert len(rejected.value.path().read_text("utf-8-sig").splitlines()) == WRONG + 1
    page.goto("/clients/?q=turcanu 2399")
    expect(page.locator(".rows .cover")).to_have_text(["Élève Țurcanu 2399"])


def test_the_progress_is_told_and_not_asked_for(desk, cast, client_file, working):
    """Each step shows as soon as it is done: the bar is renewed by live updates, with a slow look as the net."""
    page = desk("ana").page
    page.goto("/clients/import/")
    page.locator("input[type=file]").set_input_files(client_file)
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_role("heading", name="Which column is which?")).to_be_visible(timeout=60_000)
    page.add_init_script(NO_SLOW_LOOK)
    page.get_by_role("button", name="Show the preview").click()
    expect(page.get_by_role("heading", name="This is what will happen")).to_be_visible(timeout=60_000)


def test_a_file_that_is_none(desk, cast, tmp_path, working):
    """A picture with the name of a spreadsheet is refused in words."""
    path = tmp_path / "clients.xlsx"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(1000))
    window = desk("ana")
    page = window.page
    page.goto("/clients/import/")
    page.locator("input[type=file]").set_input_files(path)
    with window.expecting(422):
        page.get_by_role("button", name="Upload").click()
        expect(page.locator(".error, .form-errors").first).to_be_visible()
    assert everything(page) == []
