"""More than five hundred hostile files: refused with a reason, or kept so that nothing of them runs (F1, F2)."""

import json
import os
import unicodedata
from pathlib import Path

import pytest

from . import hostile_files

pytestmark = [pytest.mark.faults, pytest.mark.slow, pytest.mark.sqlite_only, pytest.mark.timeout(900)]
MOST_GROWTH_MIB = 100
EDGE = "----------------------------frontdesk"


@pytest.fixture(scope="module")
def running(template, tmp_path_factory):
    """One installation for all of these, with its web process."""
    from .installation import Installation

    made = Installation(template, tmp_path_factory.mktemp("files") / "data")
    made.web = made.start_web()
    yield made
    made.close()


def call(running, method: str, address: str, body: bytes = b"", **headers):
    """A request as a program makes it."""
    return running.caller(60)._send(method, address, body, {"Authorization": f"Bearer {running.token}", **headers})


def send(running, filename: str, content: bytes):
    """Upload one file."""
    named = filename.encode("utf-8", "surrogatepass").replace(b'"', b"%22")
    head = f'--{EDGE}\r\nContent-Disposition: form-data; name="file"; filename="'.encode() + named
    body = head + b'"\r\nContent-Type: text/html\r\n\r\n' + content + f"\r\n--{EDGE}--\r\n".encode()
    return call(running, "POST", "/api/v1/files", body, **{"Content-Type": f"multipart/form-data; boundary={EDGE}"})


def harm(running, answer) -> str:
    """What is wrong with the answer to a hostile file; "" when it was refused or is kept harmless."""
    if answer.status == 422:
        reasons = json.loads(answer.body)["errors"]
        return "" if reasons and reasons[0]["field"] == "file" and len(reasons[0]["reason"]) > 10 else "no reason"
    if answer.status != 201:
        return f"{answer.status} {answer.text[:200]}"
    file = json.loads(answer.body)
    return "" if file["state"] == "refused" else _harm_of_kept(running, file)


def _harm_of_kept(running, file: dict) -> str:
    got = call(running, "GET", f"/api/v1/files/{file['id']}/content")
    head = {name.lower(): value for name, value in got.headers.items()}
    if got.status != 200 or not head["content-disposition"].startswith("attachment"):
        return f"{got.status} {head.get('content-disposition')}"
    if head["x-content-type-options"] != "nosniff" or not head["content-security-policy"].startswith("sandbox;"):
        return "a browser might run it"
    if head["content-type"].startswith("image/") and (b"pwned" in got.body or b"<script" in got.body):
        return "the picture still holds what it brought"
    return (
        "" if not head["content-type"].startswith(("text/html", "image/svg", "application/x")) else head["content-type"]
    )


def mebibytes(running) -> float:
    """What the web process holds that is its own."""
    said = Path(f"/proc/{running.web}/smaps_rollup").read_text()
    own = [int(line.split()[1]) for line in said.splitlines() if line.startswith(("Private_Dirty", "Private_Clean"))]
    return sum(own) / 1024


def test_no_hostile_file_does_harm(running):
    files = [*hostile_files.disguised(), *hostile_files.broken_pictures()]
    send(running, "first.txt", b"first")
    before, wrong, kept = mebibytes(running), [], 0
    for what, filename, content in files:
        answer = send(running, filename, content)
        kept += answer.status == 201
        said = harm(running, answer)
        if said:
            wrong.append(f"{what}: {said}")
    grown = mebibytes(running) - before
    print(f"\n{len(files)} hostile files, {kept} kept and harmless, {grown:.1f} MiB more in the web process")
    assert wrong == [] and len(files) > 500
    assert grown < MOST_GROWTH_MIB
    assert b"Exception in ASGI" not in running.hatchery.log.read_bytes()


@pytest.mark.parametrize("name", hostile_files.NAMES, ids=range(len(hostile_files.NAMES)))
def test_a_hostile_name_is_made_plain(running, name):
    answer = send(running, name, b"hello")
    # A line break within a header is no name but a request that cannot be read.
    assert answer.status in (201, 400, 422), answer.text[:300]
    if answer.status == 201:
        shown = json.loads(answer.body)["name"]
        assert not set(shown) & set('/\\<>:"|?*') and 0 < len(shown) <= 150 and len(shown.encode()) <= 200
        assert not [letter for letter in shown if unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp")], shown
        assert not set(shown) & set("\u202e\u2067\u200f\ufeff"), shown
        assert shown.split(".")[0].strip().lower() not in ("con", "nul", "aux", "com1", "lpt9")
        assert not shown.startswith((".", " "))
        got = call(running, "GET", f"/api/v1/files/{json.loads(answer.body)['id']}/content")
        assert "Set-Cookie" not in got.headers


def test_the_same_process_serves_on(running):
    assert running.caller().get("/clients/").status == 200
    os.kill(running.web, 0)
