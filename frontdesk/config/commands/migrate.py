"""Brings database and static files to the installed version."""

import hashlib
from pathlib import Path

from . import set_up_django


def run(options) -> None:
    """Apply missing migrations and collect changed static files."""
    set_up_django()
    _migrate(options.quiet)
    collect_static()


def _migrate(quiet: bool) -> None:
    from django.core.management import call_command

    from frontdesk.core.observability.checks import pending_migrations

    if pending_migrations():
        print("Preparing the database", flush=True)
        call_command("migrate", interactive=False, verbosity=0)
    elif not quiet:
        print("The database is up to date")
    _make_cache_table()


def _make_cache_table() -> None:
    from django.conf import settings
    from django.core.management import call_command

    if "DatabaseCache" in settings.CACHES["default"]["BACKEND"]:
        call_command("createcachetable", verbosity=0)


def _fingerprint(folder: Path) -> str:
    """Changes with any file's name, size or time of change."""
    seen = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        status = path.stat()
        seen.update(f"{path.relative_to(folder)}:{status.st_size}:{status.st_mtime_ns}\n".encode())
    return seen.hexdigest()


def collect_static() -> None:
    """Gather the static files to be served, unless nothing changed since: a server that runs loses none meanwhile."""
    from django.conf import settings
    from django.core.management import call_command

    source = settings.STATICFILES_DIRS[0]
    stamp = Path(settings.STATIC_ROOT) / ".fingerprint"
    fingerprint = _fingerprint(Path(source))
    if stamp.exists() and stamp.read_text() == fingerprint:
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(fingerprint)
