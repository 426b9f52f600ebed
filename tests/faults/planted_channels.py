"""An installation's text messages: set up, queued and counted past Frontdesk's pages, for the fault tests."""

import uuid
from datetime import UTC, datetime

from ..channels.provider import NUMBER, SID, TOKEN, Provider
from .installation import Installation
from .work import queue

NAMES = (
    'id, account_id, channel, "to", to_name, subject, text, html, headers, purpose, cause, key, state, reason, detail, '
    "tries, uncertain, next_at, due_at, provider_id, former_id, segments, queued_at"
)


def _now(installation: Installation):
    now = datetime.now(UTC)
    return str(now.replace(tzinfo=None)) if installation.database.path else str(now)


def _id(installation: Installation, value: uuid.UUID):
    return value.hex if installation.database.path else value


def set_up(installation: Installation, provider: Provider) -> None:
    """Use a provider, as an admin does."""
    config = {"account_sid": SID, "senders": NUMBER, "server": provider.url}
    answer = installation.caller().api("PATCH", "/channels/sms", {"config": config, "secrets": {"auth_token": TOKEN}})
    assert answer.status == 200, answer.text


def write(installation: Installation, count: int, first: int = 0) -> list[str]:
    """Queue text messages to as many numbers as there are messages; their texts."""
    texts = [f"Message {number}" for number in range(first, first + count)]
    now = _now(installation)
    rows = [
        (
            _id(installation, uuid.uuid4()), _id(installation, uuid.UUID(installation.account)), "sms",
            f"+4074{number:07}", "", "", text, "", "{}", "service", "test", f"planted:{number}", "queued", "", "", 0,
            False, now, now, "", "", 0, now,
        )
        for number, text in enumerate(texts, first)
    ]  # fmt: skip
    installation.database.write_many(
        f"INSERT INTO channels_dispatch ({NAMES}) VALUES ({', '.join('?' * len(rows[0]))})", rows
    )
    queue(installation, "channels.send", {"channel": "sms"})
    return texts


def states(installation: Installation) -> dict[str, int]:
    """How many messages are in which state."""
    return dict(installation.database.rows("SELECT state, count(*) FROM channels_dispatch GROUP BY state"))


def problem(installation: Installation) -> str:
    """Why the channel cannot send just now."""
    return installation.database.value("SELECT problem FROM channels_channelsettings")
