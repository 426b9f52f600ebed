"""Every environment variable that Frontdesk reads, with its default; docs/running.md shows them as a table."""

import os
import secrets
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    """The variable's text, stripped; the default when it is unset or empty."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool = False) -> bool:
    """True for 1, true, yes, on; raises ImproperlyConfigured for anything else that is not their opposite."""
    value = text(name).lower()
    if value in ("1", "true", "yes", "on"):
        return True
    if value in ("0", "false", "no", "off"):
        return False
    if value:
        raise ImproperlyConfigured(f"{name} must be yes or no, not {value!r}")
    return default


def number(name: str, default: int) -> int:
    """A whole number; raises ImproperlyConfigured otherwise."""
    value = text(name)
    try:
        return int(value) if value else default
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}") from None


def processes(name: str) -> int:
    """How many processes of a kind one machine runs: two unless told otherwise, on one processor one."""
    return max(1, number(name, min(2, os.cpu_count() or 1)))


def data_path() -> Path:
    """Where database, files and keys are."""
    return Path(text("FRONTDESK_DATA", "data")).expanduser().resolve()


def data_directory() -> Path:
    """The directory with database, files and keys; made when missing, readable by its owner only."""
    path = data_path()
    for folder in (path, path / "keys", path / "files", path / "outbox", path / "run"):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def secret_key(data: Path) -> str:
    """The signing key: from the environment, or generated once into the data directory."""
    given = text("FRONTDESK_SECRET_KEY")
    if given:
        return given
    path = data / "keys" / "secret"
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(64))
    return path.read_text().strip()


SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY;"
    "PRAGMA mmap_size=268435456; PRAGMA journal_size_limit=67108864; PRAGMA cache_size=-16000"
)


def _sqlite(path: str) -> dict:
    return {
        "ENGINE": "frontdesk.core.tenancy.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {"timeout": 20, "transaction_mode": "IMMEDIATE", "init_command": SQLITE_PRAGMAS},
    }


# Seconds (milliseconds for tcp_user_timeout) after which a server that does not answer counts as away.
PATIENCE = {"connect_timeout": 5, "keepalives_idle": 30, "tcp_user_timeout": 30_000}


def _postgresql(parts, query: dict) -> dict:
    return {
        "ENGINE": "frontdesk.core.tenancy.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", None) or parts.hostname or "",
        "PORT": str(parts.port or query.pop("port", "") or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**PATIENCE, **query},
    }


def database(data: Path) -> dict:
    """Django's database settings from FRONTDESK_DATABASE; SQLite in the data directory by default."""
    url = text("FRONTDESK_DATABASE", f"sqlite:///{data / 'frontdesk.sqlite3'}")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(parts.path.removeprefix("/"))
    if parts.scheme in ("postgres", "postgresql"):
        return _postgresql(parts, dict(parse_qsl(parts.query)))
    raise ImproperlyConfigured(f"FRONTDESK_DATABASE must begin with sqlite:// or postgresql://, not {parts.scheme!r}")


def mail(data: Path) -> dict:
    """Django's mail settings from FRONTDESK_MAIL (smtp://user:password@host:587?tls=yes); files by default."""
    url = text("FRONTDESK_MAIL")
    if not url:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": str(data / "outbox"),
        }
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps"):
        raise ImproperlyConfigured("FRONTDESK_MAIL must look like smtp://user:password@host:587")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": dict(parse_qsl(parts.query)).get("tls") in ("1", "yes", "true"),
        "EMAIL_TIMEOUT": 20,
    }


def file_storage(data: Path) -> dict:
    """Where the contents of files are: FRONTDESK_FILES (s3://key:secret@bucket?endpoint=…) or the data directory."""
    url = text("FRONTDESK_FILES")
    if not url:
        options = {"location": data / "files" / "blobs", "file_permissions_mode": 0o600}
        return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}
    parts = urlsplit(url)
    if parts.scheme != "s3" or not parts.hostname:
        raise ImproperlyConfigured("FRONTDESK_FILES must look like s3://key:secret@bucket/folder?region=eu-west-3")
    query = dict(parse_qsl(parts.query))
    options = {
        "bucket_name": parts.netloc.rpartition("@")[2],
        "location": parts.path.strip("/"),
        "access_key": unquote(parts.username or "") or None,
        "secret_key": unquote(parts.password or "") or None,
        "region_name": query.get("region") or None,
        "endpoint_url": query.get("endpoint") or None,
        "default_acl": None,
        "file_overwrite": True,
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}


def caches() -> dict:
    """Redis where FRONTDESK_REDIS names one; otherwise process memory, and the database for sign-in limits."""
    url = text("FRONTDESK_REDIS")
    shared = {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
    if url:
        shared = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": url}
    local = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "process"}
    return {"default": shared, "process": shared if url else local}
