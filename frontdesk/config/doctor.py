"""What `frontdesk doctor` looks at beyond the readiness checks."""

import platform
import smtplib
import socket
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import django
from django.conf import settings
from django.core.checks import ERROR, run_checks
from django.core.mail import get_connection
from django.db import Error, connection

from frontdesk.core.backup import rotation
from frontdesk.core.jobs.models import QueuedJob, Status
from frontdesk.core.observability.checks import READINESS
from frontdesk.core.observability.finding import Finding

LOCAL_NAMES = ("http://localhost", "http://127.0.0.1")
MOST_SECONDS_APART = 5
BACKUP_OLD_HOURS = 48
EARLIEST_YEAR = 2025


def check_settings() -> Finding:
    """Whether Django's own checks pass and the public address is safe to use."""
    errors = [message for message in run_checks() if message.level >= ERROR]
    if errors:
        return Finding("settings", False, f"Correct this: {errors[0].msg}")
    if not settings.PUBLIC_URL.startswith(("https://", *LOCAL_NAMES)):
        return Finding("settings", False, "Put Frontdesk behind https and set FRONTDESK_URL to its https:// address.")
    return Finding("settings", True, settings.PUBLIC_URL)


def check_mail() -> Finding:
    """Whether the mail server lets us in."""
    if "filebased" in settings.EMAIL_BACKEND:
        where = settings.EMAIL_FILE_PATH
        return Finding("mail", True, f"Messages are written to {where}; set FRONTDESK_MAIL to send them.")
    try:
        sender = get_connection(timeout=10)
        sender.open()
        sender.close()
    except (OSError, smtplib.SMTPException) as error:
        return Finding("mail", False, f"Correct FRONTDESK_MAIL or start the mail server: {error}")
    return Finding("mail", True, settings.EMAIL_HOST)


def _readable_by_others(path: Path) -> bool:
    return bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))


def check_keys() -> Finding:
    """Whether only this user can read the keys."""
    folder = Path(settings.DATA_DIR) / "keys"
    exposed = [path for path in (folder, *folder.iterdir()) if _readable_by_others(path)]
    if exposed:
        return Finding("keys", False, f"Others can read {exposed[0]}: run `chmod -R go= {folder}`.")
    return Finding("keys", True)


def check_permissions() -> Finding:
    """Whether only this user can read the data."""
    folder = Path(settings.DATA_DIR)
    if _readable_by_others(folder):
        return Finding("permissions", False, f"Others can look into {folder}: run `chmod go= {folder}`.")
    return Finding("permissions", True)


def check_integrity() -> Finding:
    """Whether the file of the database is sound; a server looks after itself."""
    if connection.vendor != "sqlite":
        return Finding("integrity", True)
    try:
        with connection.cursor() as cursor:
            said = cursor.execute("PRAGMA quick_check(1)").fetchone()[0]
            orphan = cursor.execute("PRAGMA foreign_key_check").fetchone()
    except Error as error:
        said, orphan = str(error), None
    if said != "ok" or orphan is not None:
        reason = said if said != "ok" else f"a row of {orphan[0]} points at nothing"
        return Finding("integrity", False, f"The database is damaged: restore the last backup ({reason}).")
    return Finding("integrity", True)


def check_jobs() -> Finding:
    """Whether background work was given up."""
    try:
        dead = QueuedJob.objects.filter(status=Status.DEAD).count()
        own = QueuedJob.objects.filter(status=Status.DEAD, account_id=None).order_by("-id").first()
    except Error:
        return Finding("jobs", False, "Make the database reachable and migrated first.")
    if not dead:
        return Finding("jobs", True)
    last = f"; the last without a business is {own.name}" if own else ""
    return Finding("jobs", False, f"{dead} jobs were given up: see Settings, Background jobs{last}.")


def check_versions() -> Finding:
    """Which versions run."""
    try:
        connection.ensure_connection()
        database = ".".join(map(str, connection.get_database_version()))
    except Error:
        return Finding("versions", False, "Make the database reachable first.")
    name = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[connection.vendor]
    said = f"Frontdesk {version('frontdesk')}, Python {platform.python_version()}, {name} {database}"
    return Finding("versions", True, f"{said}, Django {django.get_version()}")


def check_clock() -> Finding:
    """Whether this machine's clock is set, and agrees with the database server's."""
    now = datetime.now(UTC)
    if now.year < EARLIEST_YEAR:
        return Finding("clock", False, f"Set this machine's clock: it says {now:%Y-%m-%d}.")
    if connection.vendor != "postgresql":
        return Finding("clock", True)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            apart = abs((cursor.fetchone()[0] - datetime.now(UTC)).total_seconds())
    except Error:
        return Finding("clock", False, "Make the database reachable first.")
    if apart > MOST_SECONDS_APART:
        return Finding("clock", False, f"Synchronise the clocks: the database server's is {apart:.0f} seconds off.")
    return Finding("clock", True)


def check_assets() -> Finding:
    """Whether styles and scripts are built."""
    built = Path(settings.STATICFILES_DIRS[0]) / "dist" / "app.css"
    if not built.exists():
        return Finding("assets", False, "Build the front end: run `npm ci && npm run build`, or install the wheel.")
    return Finding("assets", True)


def check_address() -> Finding:
    """Whether the public address's name can be resolved from here."""
    host = settings.PUBLIC_URL.split("://", 1)[1].split("/", 1)[0].rsplit(":", 1)[0]
    try:
        socket.getaddrinfo(host, None)
    except OSError:
        return Finding("address", False, f"Give {host} an entry in DNS, or correct FRONTDESK_URL.")
    return Finding("address", True)


def check_backups() -> Finding:
    """Whether the last automatic backup is from the last two days."""
    if not settings.BACKUP_KEEP:
        return Finding("backups", True, "Automatic backups are off (FRONTDESK_BACKUP_KEEP is 0).")
    found = rotation.kept()
    if not found:
        return Finding("backups", False, f"Run `frontdesk backup`: there is none in {settings.BACKUPS} yet.")
    hours = (datetime.now(UTC) - found[-1][0]).total_seconds() / 3600
    if hours > BACKUP_OLD_HOURS:
        advice = (
            f"Start the worker, see its log, make room: the last one in {settings.BACKUPS} is {hours:.0f} hours old."
        )
        return Finding("backups", False, advice)
    return Finding("backups", True, f"{len(found)} in {settings.BACKUPS}, the last one {hours:.0f} hours old")


def findings() -> Iterator[Finding]:
    """Every check's result, in the order in which one would mend things."""
    for check in (
        check_versions, check_settings, check_keys, check_permissions, *READINESS, check_integrity, check_jobs,
        check_backups, check_mail, check_clock, check_assets, check_address,
    ):  # fmt: skip
        yield check()
