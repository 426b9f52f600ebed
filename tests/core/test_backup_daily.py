"""The daily backup: made once a day, the oldest go, and `doctor` tells how old the last one is."""

from datetime import UTC, datetime, timedelta

import pytest

from frontdesk.config.doctor import check_backups
from frontdesk.core.backup import jobs, rotation
from frontdesk.core.jobs.models import QueuedJob


@pytest.fixture
def folder(settings, tmp_path):
    """An empty folder for backups of which two are kept."""
    settings.BACKUPS, settings.BACKUP_KEEP = tmp_path / "backups", 2
    return settings.BACKUPS


def old(folder, hours: float, name: str = ""):
    """A file as if a backup had been made that long ago."""
    folder.mkdir(exist_ok=True)
    path = folder / (name or f"frontdesk-{datetime.now(UTC) - timedelta(hours=hours):%Y%m%d-%H%M%S}.zip")
    path.write_bytes(b"")
    return path


def test_one_is_made_when_the_last_is_a_day_old_and_the_oldest_go(db, folder):
    ancient, older, last = old(folder, 90), old(folder, 50), old(folder, 25)
    foreign = old(folder, 0, "holiday.zip")
    rotation.make_daily()
    kept = [path for _at, path in rotation.kept()]
    assert len(kept) == 2 and kept[0] == last and kept[1].stat().st_size > 1000
    assert not ancient.exists() and not older.exists() and foreign.exists()


def test_a_second_one_waits_for_the_next_day(db, folder):
    last = old(folder, 20)
    rotation.make_daily()
    assert [path for _at, path in rotation.kept()] == [last]


def test_none_is_made_where_none_is_wanted(db, folder, settings):
    settings.BACKUP_KEEP = 0
    rotation.make_daily()
    assert not folder.exists() and check_backups().ok


def test_it_is_queued_once_and_the_worker_makes_it(db, folder):
    jobs.queue_daily_backup()
    jobs.queue_daily_backup()
    (queued,) = QueuedJob.objects.filter(name="backup.make")
    jobs.make_backup_job(**queued.arguments)
    jobs.queue_daily_backup()
    assert len(rotation.kept()) == 1 and QueuedJob.objects.filter(name="backup.make").count() == 1


@pytest.mark.parametrize(("hours", "sound"), [(None, False), (3, True), (49, False)])
def test_the_doctor_tells_how_old_the_last_one_is(folder, hours, sound):
    if hours is not None:
        old(folder, hours)
    found = check_backups()
    assert found.ok is sound and (hours is None or f"{hours} hours" in found.advice)
