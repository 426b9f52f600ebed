"""A database with the data set: made once for each version of schema and data set, then copied for every run."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PARTS = (
    "frontdesk/*/migrations/*.py",
    "frontdesk/*/*/migrations/*.py",
    "bench/dataset.py",
    "bench/names.py",
    "bench/talks/dataset.py",
    "bench/inbox/dataset.py",
)
POSTGRES_BIN = Path(os.environ.get("POSTGRES_BIN", "/usr/lib/postgresql/15/bin"))


def vendor() -> str:
    """`sqlite` or `postgresql`, by FRONTDESK_DATABASE."""
    return "postgresql" if os.environ.get("FRONTDESK_DATABASE", "").startswith("postgres") else "sqlite"


def _key() -> str:
    seen = hashlib.sha256()
    for path in sorted(path for part in PARTS for path in ROOT.glob(part)):
        seen.update(path.read_bytes())
    return seen.hexdigest()[:16]


def _kept(scale: str) -> Path:
    """Where the finished database of this scale is kept; those of other versions are removed."""
    cache = Path(os.environ.get("BENCH_CACHE", ROOT / "data-bench")).resolve()
    cache.mkdir(parents=True, exist_ok=True)
    kept = cache / f"{vendor()}-{scale}-{_key()}"
    for old in cache.glob(f"{vendor()}-{scale}-*"):
        if old != kept:
            old.unlink()
    return kept


@contextmanager
def environment() -> Iterator[Path]:
    """A data directory of this run's own, set in the environment of this process and its children."""
    with tempfile.TemporaryDirectory(prefix="frontdesk-bench.") as folder:
        os.environ |= {
            "FRONTDESK_DATA": folder,
            "FRONTDESK_SECRET_KEY": "only for measurements",
            "FRONTDESK_API_REQUESTS_PER_MINUTE": "1000000000",
            "FRONTDESK_WORKERS": "1",
            "DJANGO_SETTINGS_MODULE": "frontdesk.config.settings",
        }
        if vendor() == "sqlite":
            os.environ.pop("FRONTDESK_DATABASE", None)
        yield Path(folder)


def prepare(data: Path, scale: str) -> None:
    """Put the data set into the run's database and set Django up; refuses a database that is in use."""
    kept = _kept(scale)
    if kept.exists():
        _restore(kept, data)
    subprocess.run([sys.executable, "-m", "frontdesk.config.cli", "migrate", "--quiet"], check=True, stdout=sys.stderr)
    import django

    django.setup()
    if not kept.exists():
        _fill(scale)
        _keep(kept, data)
    elif vendor() == "postgresql":
        from .dataset import settle

        settle()


def _fill(scale: str) -> None:
    from frontdesk.accounts.models import Account

    from .dataset import SCALES, fill
    from .inbox import dataset as inbox
    from .talks import dataset as talks

    if Account.objects.exists():
        sys.exit("The bench writes to its database: give it an empty one.")
    print(f"Making the data set ({scale})", file=sys.stderr, flush=True)
    for own in (talks, inbox):
        if scale in own.SCALES:
            return own.fill(scale)
    fill(SCALES[scale])


def _restore(kept: Path, data: Path) -> None:
    if vendor() == "sqlite":
        shutil.copyfile(kept, data / "frontdesk.sqlite3")
        return
    url = os.environ["FRONTDESK_DATABASE"]
    command = [POSTGRES_BIN / "pg_restore", "--no-owner", "--jobs=2", f"--dbname={url}", kept]
    subprocess.run(command, check=True)


def _keep(kept: Path, data: Path) -> None:
    unfinished = kept.with_name(f"unfinished-{os.getpid()}")
    if vendor() == "sqlite":
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        # Reading the file past SQLite would end the locks of an open connection, which then no longer sees the truth.
        connection.close()
        shutil.copyfile(data / "frontdesk.sqlite3", unfinished)
    else:
        url = os.environ["FRONTDESK_DATABASE"]
        command = [POSTGRES_BIN / "pg_dump", "--format=custom", "--compress=1", f"--file={unfinished}", url]
        subprocess.run(command, check=True)
    unfinished.rename(kept)
