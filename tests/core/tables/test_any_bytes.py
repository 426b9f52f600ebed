"""Whatever lies in a file: it is read, or refused with a known reason, and nothing is left of it (C4)."""

import io
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frontdesk.core.tables.limits import Limits
from frontdesk.core.tables.reading import TableRefused, spool
from frontdesk.core.tables.refusal import MESSAGES
from tests.clients.import_files import KINDS, ROWS

pytestmark = pytest.mark.slow
GOOD = {kind: make(ROWS).getvalue() for kind, make in KINDS.items()}
# Each example is read by a process of its own, as in production.
few = settings(
    max_examples=25, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow], deadline=None
)
ODD = st.binary(max_size=40) | st.sampled_from(
    [b"\0", b"\xff\xfe", b'"', b"\r", b"<!ENTITY", b"&#0;", b"9" * 30, b"]]>"]
)
spots = st.lists(st.tuples(st.floats(0, 1), ODD, st.integers(0, 30)), min_size=1, max_size=4)


def spoilt(content: bytes, changes) -> bytes:
    """Content with some pieces replaced."""
    for place, piece, over in changes:
        start = int(place * len(content))
        content = content[:start] + piece + content[start + over :]
    return content


def read(kind: str, content: bytes) -> None:
    """Read it as an upload is read; whatever is raised but a refusal fails the test."""
    with tempfile.TemporaryDirectory() as home:
        path, target = Path(home) / "upload", Path(home) / "rows"
        path.write_bytes(content)
        try:
            with spool(path, f"clients.{kind}", target, None, Limits(wall_seconds=20)) as table:
                cells = [cell for row in table for cell in row.cells if cell]
            assert not [cell for cell in cells if "\0" in cell]
        except TableRefused as refused:
            assert refused.code in MESSAGES and len(refused.message) > 20
            assert sorted(one.name for one in Path(home).iterdir()) == ["upload"]


@few
@given(st.sampled_from(sorted(KINDS)), st.binary(max_size=3000))
def test_random_bytes(kind, content):
    read(kind, content)


@few
@given(st.sampled_from(sorted(KINDS)), st.floats(0, 1))
def test_a_part_of_a_file(kind, part):
    read(kind, GOOD[kind][: int(part * len(GOOD[kind]))])


@few
@given(st.sampled_from(sorted(KINDS)), spots)
def test_a_file_with_spoilt_pieces(kind, changes):
    read(kind, spoilt(GOOD[kind], changes))


@few
@given(st.sampled_from(["xlsx", "ods"]), st.data())
def test_a_workbook_with_a_spoilt_part(kind, data):
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD[kind])) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        chosen = data.draw(st.sampled_from(sorted(old.namelist())))
        for name in old.namelist():
            content = old.read(name)
            made.writestr(name, spoilt(content, data.draw(spots)) if name == chosen else content)
    read(kind, file.getvalue())


@few
@given(st.text(st.characters(), max_size=400), st.sampled_from(["utf-8", "utf-16", "utf-8-sig", "cp1252", "cp1250"]))
def test_any_text_as_csv(text, encoding):
    read("csv", b"Name,E-mail\n".decode().encode(encoding) + text.encode(encoding, "ignore"))
