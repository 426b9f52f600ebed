"""C4 through the pages: upload, columns, preview, run, summary."""

import re

import pytest

from frontdesk.clients.imports.models import ClientImport, ImportedClient, State
from frontdesk.clients.models import Address, Client, ClientTag, Contact, ContactPoint, Tally
from frontdesk.core.jobs.worker import run_due
from frontdesk.core.tenancy.context import account_context

from .import_files import KINDS, ROWS, csv_file, xlsx_file

HOME = "/clients/import/"


def upload(browser, file):
    answer = browser.post(HOME, {"file": file})
    assert answer.status_code == 302, re.findall(r'class="error".*?</p>', answer.content.decode())
    return answer["Location"].removesuffix("columns/")


def columns(browser, place, **changes):
    page = browser.get(place + "columns/").content.decode()
    data = {}
    for name, body in re.findall(r'<select class="input"[^>]*name="([^"]+)"[^>]*>(.*?)</select>', page, re.S):
        chosen = re.search(r'value="([^"]*)" selected', body)
        data[name] = chosen[1] if chosen else ""
    for name in ("matched", "unmatched"):
        data[name] = re.search(rf'name="{name}" value="(\w+)" checked', page)[1]
    data |= changes
    return browser.post(place + "columns/", data)


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_of_any_kind_is_imported_in_five_steps(cast, browser_of, kind):
    browser = browser_of(cast.ana)
    place = upload(browser, KINDS[kind](ROWS))
    assert columns(browser, place)["Location"] == place
    preview = browser.get(place).content.decode()
    assert "Elena Marin" in preview and "+33 6 12 34 56 78" in preview and "Nothing has been saved yet" in preview
    with account_context(cast.account):
        assert Client.objects.count() == 4
    assert browser.post(place + "start/")["Location"] == place
    assert 'id="bar"' in browser.get(place).content.decode()
    run_due()
    assert "The import is finished" in browser.get(place).content.decode()
    with account_context(cast.account):
        elena = Client.objects.get(reference="R-1")
        assert (elena.name, elena.email, elena.phone, elena.has_mobile) == (
            "Elena Marin", "elena@example.com", "+40745100200", True,
        )  # fmt: skip
        contact = Contact.objects.get(client=elena)
        assert contact.is_primary and contact.name == "Elena Marin"
        assert set(ContactPoint.objects.filter(contact=contact).values_list("normal", flat=True)) == {
            "elena@example.com", "+40745100200",
        }  # fmt: skip
        assert Address.objects.get(client=elena).country == "RO"
        assert sorted(ClientTag.objects.filter(client=elena).values_list("tag__name", flat=True)) == ["2026", "VIP"]
        assert ClientTag.objects.filter(client__reference="R-3").count() == 1
        assert Tally.objects.get(status="active").count == 7
        assert ImportedClient.objects.filter(created=True).count() == 3
    assert "Elena Marin" in browser.get(place + "clients/").content.decode()
    assert "Elena" in browser.get("/clients/?q=elena").content.decode()


def test_the_template_can_be_filled_in_and_its_example_is_left_out(cast, browser_of):
    browser = browser_of(cast.ana)
    template = browser.get(HOME + "template.xlsx")
    assert template.status_code == 200
    file = __import__("io").BytesIO(b"".join(template.streaming_content))
    file.name = "clients.xlsx"
    place = upload(browser, file)
    columns(browser, place)
    page = browser.get(place).content.decode()
    assert "This is the example of the template" in page and "There is nothing to import" in page
    with account_context(cast.account):
        found = ClientImport.objects.get()
    assert "" not in found.mapping and len(set(found.mapping)) == len(found.mapping)


def test_a_refusal_is_shown_at_the_field(cast, browser_of):
    browser = browser_of(cast.ana)
    file = csv_file(ROWS, name="clients.pdf")
    answer = browser.post(HOME, {"file": file})
    assert answer.status_code == 422
    assert "Choose a file that ends in .xlsx" in answer.content.decode()
    assert 'aria-invalid="true"' in answer.content.decode()
    answer = browser.post(HOME, {})
    assert answer.status_code == 422 and "required" in answer.content.decode()
    with account_context(cast.account):
        assert not ClientImport.objects.exists()


def test_an_upload_that_says_it_is_too_large_is_not_even_read(cast, browser_of, settings):
    settings.MAX_IMPORT_BYTES = 1 << 20
    answer = browser_of(cast.ana).post(HOME, {"file": csv_file(ROWS)}, CONTENT_LENGTH=str(1 << 30))
    assert answer.status_code == 413
    assert "larger than 1 MB" in answer.content.decode()


def test_another_sheet_can_be_chosen(cast, browser_of):
    browser = browser_of(cast.ana)
    place = upload(browser, xlsx_file(ROWS, sheets=("One", "Two")))
    assert "Read this sheet" in browser.get(place + "columns/").content.decode()
    browser.post(place + "sheet/", {"sheet": "Two"})
    with account_context(cast.account):
        assert ClientImport.objects.get().sheet == "Two"
    browser.post(place + "sheet/", {"sheet": "Three"})
    assert "has no sheet called" in browser.get(place + "columns/").content.decode()


def test_every_wrong_cell_is_marked_with_its_reason(cast, browser_of):
    browser = browser_of(cast.ana)
    wrong = [["", "nonsense", "12", "X" * 101, "Atlantis", "", ""], ROWS[0]]
    place = upload(browser, csv_file(wrong))
    columns(browser, place)
    page = browser.get(place + "?show=rejected").content.decode()
    assert page.count('<td class="bad">') == 4
    for said in ("is not an e-mail address", "is not a phone number", "At most 100 characters", "is not known here"):
        assert said in page
    browser.post(place + "start/")
    run_due()
    rejected = b"".join(browser.get(place + "rejected.csv").streaming_content).decode()
    assert '"Error"' in rejected and "E-mail: “nonsense” is not an e-mail address." in rejected
    assert browser.get(place + "rejected.xlsx").status_code == 200
    with account_context(cast.account):
        found = ClientImport.objects.get()
        assert (found.created, found.rejected, found.state) == (1, 1, State.FINISHED)


def test_columns_must_be_told_apart_and_hold_a_name(cast, browser_of):
    browser = browser_of(cast.ana)
    place = upload(browser, csv_file(ROWS))
    answer = columns(browser, place, **{"column-1": "name"})
    assert answer.status_code == 422 and "is already used for" in answer.content.decode()
    answer = columns(browser, place, **{"column-0": ""})
    assert answer.status_code == 422 and "Choose the column that holds the name" in answer.content.decode()
    answer = columns(browser, place, matched="skip", unmatched="skip")
    assert answer.status_code == 422 and "Nothing would be imported" in answer.content.decode()
    answer = columns(browser, place, **{"column-0": "shoe_size"})
    assert answer.status_code == 422


def test_columns_are_remembered_for_the_next_file(cast, browser_of):
    browser = browser_of(cast.ana)
    place = upload(browser, csv_file(ROWS))
    columns(browser, place, **{"column-3": "note", "key": "email", "matched": "update"})
    upload(browser, csv_file(ROWS))
    with account_context(cast.account):
        latest = ClientImport.objects.order_by("-id")[0]
    assert latest.mapping[3] == "note" and latest.options["matched"] == "update"


def test_a_double_click_runs_once(cast, browser_of):
    browser = browser_of(cast.ana)
    place = upload(browser, csv_file(ROWS))
    columns(browser, place)
    assert browser.post(place + "start/").status_code == 302
    assert browser.post(place + "start/").status_code == 302
    # The run, and then telling whoever imports.
    assert run_due() == 2
    browser.post(place + "start/")
    assert run_due() == 0
    with account_context(cast.account):
        assert Client.objects.count() == 7


def test_the_bar_leads_on_when_the_run_is_over(cast, browser_of):
    browser = browser_of(cast.ana)
    place = upload(browser, csv_file(ROWS))
    columns(browser, place)
    browser.post(place + "start/")
    assert 'hx-trigger="live, every 5s"' in browser.get(place + "progress/").content.decode()
    run_due()
    assert browser.get(place + "progress/")["HX-Redirect"] == place


def test_discarding_leaves_nothing_behind(cast, browser_of):
    browser = browser_of(cast.ana)
    place = upload(browser, csv_file(ROWS))
    columns(browser, place)
    assert browser.post(place + "cancel/")["Location"] == HOME
    assert browser.post(place + "start/").status_code == 302
    assert run_due() == 0
    with account_context(cast.account):
        assert Client.objects.count() == 4


PLACES = ["", "columns/", "progress/", "rejected.csv", "clients/"]


@pytest.mark.parametrize("who", ["cora", "mia", "greta"])
def test_only_the_office_imports(cast, browser_of, who):
    place = upload(browser_of(cast.ana), csv_file(ROWS))
    browser = browser_of(getattr(cast, who))
    assert browser.get(HOME).status_code == 403
    assert browser.post(HOME, {"file": csv_file(ROWS)}).status_code == 403
    for part in PLACES:
        assert browser.get(place + part).status_code == 403
    for part in ("start/", "cancel/", "sheet/"):
        assert browser.post(place + part).status_code == 403


def test_another_accounts_import_does_not_exist(cast, browser_of):
    place = upload(browser_of(cast.ana), csv_file(ROWS))
    browser = browser_of(cast.other.olga)
    for part in PLACES:
        assert browser.get(place + part).status_code == 404
    for part in ("start/", "cancel/", "sheet/", "columns/"):
        assert browser.post(place + part).status_code == 404
    assert "clients.csv" not in browser.get(HOME).content.decode()
