"""Background work of an installation, queued and counted past Frontdesk."""

import json
import uuid
from datetime import UTC, datetime

from .installation import Installation

COLUMNS = "id, name, account_id, arguments, status, run_at, attempts, queued_at, error, request_id"


def queue(installation: Installation, name: str, arguments: dict) -> None:
    """Put a job into the queue, as an action would have."""
    plain = bool(installation.database.path)
    new, account = uuid.uuid4(), uuid.UUID(installation.account)
    now = datetime.now(UTC).replace(tzinfo=None) if plain else datetime.now(UTC)
    values = (new.hex if plain else new, name, account.hex if plain else account, json.dumps(arguments),
              "waiting", str(now), 0, str(now), "", "")  # fmt: skip
    installation.database.write(
        f"INSERT INTO jobs_queuedjob ({COLUMNS}) VALUES ({', '.join('?' * len(values))})", *values
    )


def unfinished(installation: Installation) -> int:
    """How many jobs wait or run."""
    return installation.database.value("SELECT count(*) FROM jobs_queuedjob WHERE status IN ('waiting', 'running')")
