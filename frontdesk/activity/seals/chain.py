"""What is hashed: one canonical JSON line an activity, after the hash of the seal before."""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC

FIRST_HASH = "0" * 64
FIELDS = ("id", "at", "actor_id", "verb", "subject_id", "client_id", "data")


def _text(value) -> str | None:
    return None if value is None else str(value)


def line(row: dict) -> bytes:
    """An activity (`FIELDS`) as the bytes that are hashed; the same on every database."""
    at = row["at"].astimezone(UTC).isoformat(timespec="microseconds")
    values = [
        _text(row["id"]), at, _text(row["actor_id"]), row["verb"], _text(row["subject_id"]), _text(row["client_id"]),
        row["data"],
    ]  # fmt: skip
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"


def chain_hash(number: int, previous: str, rows: Iterable[dict]) -> str:
    """SHA-256, as hex, of a seal's number, the previous seal's hash and its activities in order."""
    digest = hashlib.sha256(f"{number}:{previous}\n".encode())
    for row in rows:
        digest.update(line(row))
    return digest.hexdigest()
