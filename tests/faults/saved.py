"""Backups of installations, made and restored by the command, as an operator does it."""

import hashlib
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

from .installation import ROOT, Database


def command(data: Path, database: str | Database, *arguments) -> subprocess.CompletedProcess:
    """One command of an installation, with what it said."""
    environment = {**os.environ, "FRONTDESK_DATA": str(data), "FRONTDESK_DATABASE": getattr(database, "url", database)}
    environment.pop("FRONTDESK_BACKUPS", None)
    return subprocess.run(
        [sys.executable, "-m", "frontdesk.config.cli", *map(str, arguments)],
        cwd=ROOT, env=environment, capture_output=True, text=True,
    )  # fmt: skip


def save(installation, target: Path) -> Path:
    """A backup of an Installation, or of the template that they are copies of."""
    ended = command(installation.data, installation.database, "backup", target)
    assert ended.returncode == 0, ended.stderr
    return target


def manifest(path: Path) -> dict:
    """What a backup says that it holds."""
    with zipfile.ZipFile(path) as archive:
        return json.loads(archive.read("manifest.json"))


def rows_of(path: Path) -> dict[str, bytes]:
    """Every table's lines."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name.startswith("tables/")}


def files_of(data: Path) -> dict[str, str]:
    """The SHA-256 of every file and key in a data directory."""
    found = [path for folder in ("files", "keys", "locale") for path in (data / folder).rglob("*") if path.is_file()]
    return {str(path.relative_to(data)): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def tree(folder: Path) -> dict[str, bytes]:
    """Everything below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def rewritten(source: Path, target: Path, change: Callable[[dict, dict[str, bytes]], None]) -> Path:
    """A copy of a backup after `change(manifest, entries)`, with all its sums right again."""
    with zipfile.ZipFile(source) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    told = json.loads(entries.pop("manifest.json"))
    del entries["manifest.sha256"]
    change(told, entries)
    told["entries"] = {
        name: {"bytes": len(body), "sha256": hashlib.sha256(body).hexdigest()} for name, body in entries.items()
    }
    text = json.dumps(told).encode()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in entries.items():
            archive.writestr(name, body)
        archive.writestr("manifest.json", text)
        archive.writestr("manifest.sha256", hashlib.sha256(text).hexdigest())
    return target
