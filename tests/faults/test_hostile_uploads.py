"""Well over a hundred hostile files against a real web process: each is refused with its reason, none harms it (C4)."""

import json
import os
import unicodedata
from pathlib import Path

import pytest

from . import uploads

pytestmark = [pytest.mark.faults, pytest.mark.slow, pytest.mark.sqlite_only, pytest.mark.timeout(600)]
MOST_GROWTH_MIB = 40
EDGE = "----------------------------frontdesk"


@pytest.fixture(scope="module")
def running(template, tmp_path_factory):
    """One installation for all of these, with its web process."""
    from .installation import Installation

    made = Installation(template, tmp_path_factory.mktemp("uploads") / "data")
    made.web = made.start_web()
    yield made
    made.close()


def send(running, filename: str, content: bytes, *, page: bool = False):
    """Upload one file as a browser or a program does."""
    caller = running.caller(60)
    named = filename.encode("utf-8", "surrogatepass").replace(b'"', b"%22")
    head = f'--{EDGE}\r\nContent-Disposition: form-data; name="file"; filename="'.encode() + named
    token = f'--{EDGE}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{caller.csrf}\r\n'
    body = token.encode() + head + b'"\r\nContent-Type: text/csv\r\n\r\n' + content + f"\r\n--{EDGE}--\r\n".encode()
    headers = {"Content-Type": f"multipart/form-data; boundary={EDGE}"}
    if page:
        return caller._send("POST", "/clients/import/", body, {**headers, "Cookie": caller._cookies("")})
    authorization = {"Authorization": f"Bearer {running.token}"}
    return caller._send("POST", "/api/v1/imports", body, {**headers, **authorization})


def mebibytes(running) -> float:
    """What the web process holds that is its own."""
    said = Path(f"/proc/{running.web}/smaps_rollup").read_text()
    own = [int(line.split()[1]) for line in said.splitlines() if line.startswith(("Private_Dirty", "Private_Clean"))]
    return sum(own) / 1024


def kept(running) -> list[str]:
    """What lies in the folder of imports."""
    home = running.data / "files" / "imports"
    return [path.name for path in home.iterdir()] if home.exists() else []


def imports(running) -> int:
    """How many imports are noted."""
    return running.database.value("SELECT count(*) FROM clients_clientimport")


def test_every_hostile_file_is_refused_with_a_reason(running):
    files = list(uploads.refused())
    send(running, *files[0][1:])
    before, wrong = mebibytes(running), []
    for what, filename, content in files:
        answer = send(running, filename, content)
        errors = json.loads(answer.body).get("errors", []) if answer.status == 422 else []
        if [one["field"] for one in errors] != ["file"] or len(errors[0]["reason"]) < 20:
            wrong.append(f"{what}: {answer.status} {answer.text[:200]}")
    grown = mebibytes(running) - before
    print(f"\n{len(files)} hostile files refused, {grown:.1f} MiB more in the web process")
    assert wrong == [] and len(files) > 100
    assert kept(running) == [] and imports(running) == 0
    assert grown < MOST_GROWTH_MIB
    assert b"Exception in ASGI" not in running.hatchery.log.read_bytes()


@pytest.mark.parametrize("what", ["SVG", "HTML", "picture with a script", "zip that climbs", "NUL characters"])
def test_the_page_refuses_and_says_why(running, what):
    answer = send(running, "clients.csv", uploads.NEVER[what], page=True)
    assert answer.status == 422 and "<svg xmlns" not in answer.text and "alert(document" not in answer.text
    assert kept(running) == [] and imports(running) == 0


@pytest.mark.parametrize("name", uploads.NAMES)
def test_a_hostile_name_is_refused_or_made_plain(running, name):
    answer = send(running, name, b"Name,E-mail\nMaria,maria@example.com\n")
    assert answer.status in (201, 422), answer.text[:300]
    if answer.status == 201:
        shown = json.loads(answer.body)["filename"]
        assert not set(shown) & set("/\\") and len(shown) <= 200
        assert not [letter for letter in shown if unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp")], shown
        assert not set(shown) & set("\u202e\u2067\u200f\ufeff"), shown


def test_the_same_process_serves_on(running):
    assert running.caller().get("/clients/").status == 200
    os.kill(running.web, 0)
