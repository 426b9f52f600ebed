"""A backup made while twenty people save is whole, and restores to the same rows and files on either database."""

import shutil
import stat
import time
import zipfile
from pathlib import Path

import pytest

from .installation import ON_POSTGRESQL, Database, drop_database, new_database, wait_until
from .saved import command, files_of, manifest, rewritten, rows_of, save, tree
from .savers import Told, start_savers
from .whole import faults

pytestmark = [pytest.mark.faults, pytest.mark.slow]
PEOPLE = 20
TABLES = (
    "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    if ON_POSTGRESQL
    else "SELECT name FROM sqlite_master WHERE type = 'table'"
)
DERIVED = {"django_migrations", "cache"}
RENAMED = {"django_content_type", "django_session"}


@pytest.fixture(scope="module")
def made_once(template, tmp_path_factory):
    """A backup of the prepared installation."""
    return save(template, tmp_path_factory.mktemp("backup") / "backup.zip")


@pytest.fixture
def backup(made_once, tmp_path):
    """A copy of it that a test may spoil."""
    return Path(shutil.copy(made_once, tmp_path))


@pytest.fixture
def restored(tmp_path):
    """A function that restores a backup into a new place of the database in use; (data directory, address)."""
    made = []

    def restore(backup, name="restored", on_postgresql=ON_POSTGRESQL):
        data = tmp_path / name
        made.append(new_database(data) if on_postgresql else f"sqlite:///{data / 'frontdesk.sqlite3'}")
        # What stands in the data directory needs no address.
        ended = command(data, made[-1] if on_postgresql else "", "restore", backup)
        assert ended.returncode == 0, ended.stderr
        return data, made[-1]

    yield restore
    for address in made:
        drop_database(address)


def test_a_backup_during_writes_is_of_one_moment(install, tmp_path, restored):
    installation = install()
    installation.start_web(2)
    savers, told, stop = start_savers(installation, PEOPLE)
    wait_until(lambda: told.answers > 2 * PEOPLE)
    before, began, answers = Told(set(told.saved), notes=set(told.notes)), time.monotonic(), told.answers
    backup = save(installation, tmp_path / "backup.zip")
    print(f"\n{told.answers - answers} requests were answered in the {time.monotonic() - began:.1f} s of the backup")
    assert told.answers - answers > PEOPLE
    stop.set()
    for saver in savers:
        saver.join(60)
    assert told.wrong == []
    before.unsure = told.saved | told.unsure
    _data, address = restored(backup)
    # Requests that were under way at that moment have claimed their keys.
    assert [said for said in faults(Database(address), before) if not said.startswith("orphan key")] == []


def test_a_restored_installation_equals_the_saved_one(install, tmp_path, restored):
    installation = install()
    imports = installation.data / "files" / "imports" / "deep"
    imports.mkdir(parents=True)
    (imports / "name with ș and space.bin").write_bytes(bytes(range(256)) * 5000)
    first = save(installation, tmp_path / "first.zip")
    data, address = restored(first)
    again = tmp_path / "again.zip"
    assert command(data, address, "backup", again).returncode == 0
    assert rows_of(again) == rows_of(first) and len(rows_of(first)) > 30
    assert files_of(data) == files_of(installation.data) and "keys/secret" in files_of(data)
    assert stat.S_IMODE(first.stat().st_mode) == 0o600
    assert stat.S_IMODE((data / "keys" / "secret").stat().st_mode) == 0o600
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    if ON_POSTGRESQL:
        moved, there = restored(first, "moved", on_postgresql=False)
        assert command(moved, there, "backup", tmp_path / "moved.zip").returncode == 0
        assert rows_of(tmp_path / "moved.zip") == rows_of(first)


def test_a_restored_installation_goes_on(backup, restored):
    """New rows find free keys, and the doctor is content with the database."""
    data, address = restored(backup)
    ended = command(data, address, "demo", "--clients", "3")
    assert ended.returncode == 0, ended.stderr
    said = command(data, address, "doctor").stdout
    assert "database     ok" in said and "migrations   ok" in said


def newer(told, _entries):
    """Of a format that is not known yet."""
    told.update(format=99, version="99.0")


def unknown_migration(told, _entries):
    """Of a version with more migrations."""
    told["migrations"].append(["accounts", "9999_later"])


def outside(_told, entries):
    """With a file that would leave the data directory."""
    entries["data/files/../../escaped"] = b"x"


def fewer_rows(_told, entries):
    """With sums that are right, and rows that are not all there."""
    entries["tables/clients.client.jsonl"] = b""


def odd_table(told, entries):
    """With a table that nobody knows."""
    told["tables"].append({"model": "odd.thing", "columns": ["id"], "rows": 0})
    entries["tables/odd.thing.jsonl"] = b""


@pytest.mark.parametrize("change", [newer, unknown_migration, outside, fewer_rows, odd_table])
def test_what_is_not_a_backup_of_this_version_is_refused(backup, tmp_path, change):
    _refused(rewritten(backup, tmp_path / "odd.zip", change), tmp_path)


def _middle_of_the_largest(backup) -> int:
    with zipfile.ZipFile(backup) as whole:
        largest = max(whole.infolist(), key=lambda part: part.compress_size)
    return largest.header_offset + 30 + len(largest.filename.encode()) + largest.compress_size // 2


@pytest.mark.parametrize("damage", ["truncated", "flipped", "foreign", "missing"])
def test_a_damaged_file_is_refused(backup, tmp_path, damage):
    body = bytearray(backup.read_bytes())
    if damage == "missing":
        backup.unlink()
    elif damage == "truncated":
        backup.write_bytes(body[: len(body) * 2 // 3])
    elif damage == "foreign":
        backup.write_bytes(b"PK\x03\x04 something else" * 100)
    else:
        # In the middle of a file's content, where only its sum tells; a head holds bytes that mean nothing.
        body[_middle_of_the_largest(backup)] ^= 0xFF
        backup.write_bytes(body)
    _refused(backup, tmp_path)


def _refused(backup, tmp_path) -> None:
    """A sentence, and nothing was touched: neither a place that was not there, nor an empty database."""
    place = tmp_path / "place"
    address = new_database(place) if ON_POSTGRESQL else ""
    ended = command(place, address, "restore", backup)
    assert ended.returncode == 1 and len(ended.stderr.strip().splitlines()) == 1, ended.stderr
    assert not place.exists() and not (tmp_path / "escaped").exists()
    if address:
        assert Database(address).value("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == 0
        drop_database(address)


def test_a_place_that_is_not_empty_is_left_alone(template, backup, tmp_path):
    before = tree(template.data)
    ended = command(template.data, template.database, "restore", backup)
    assert ended.returncode == 1 and "not empty" in ended.stderr
    elsewhere = tmp_path / "elsewhere"
    ended = command(elsewhere, template.database, "restore", backup)
    assert ended.returncode == 1 and "not empty" in ended.stderr and not elsewhere.exists()
    assert tree(template.data) == before


def test_a_backup_never_replaces_a_file_and_leaves_no_piece(template, backup, tmp_path):
    body = backup.read_bytes()
    ended = command(template.data, template.database, "backup", backup)
    assert ended.returncode == 1 and "exists already" in ended.stderr and backup.read_bytes() == body
    assert [path.name for path in tmp_path.glob("*.part")] == []


def test_every_table_is_saved_or_is_made_anew(template, backup):
    """A table that a later version adds past the models would be missing from backups."""
    told = manifest(backup)
    with_rows = {table["model"].replace(".", "_") for table in told["tables"]}
    there = set(Database(template.database).column(TABLES))
    names = {name for name in there if not name.startswith(("search_text", "messaging_text", "sqlite_"))}
    assert names - DERIVED - with_rows - RENAMED == set()
