"""How the e-mail channel stands, for its settings page and the API."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..models import ChannelSettings, Mailbox
from . import setup
from .hook_addresses import address
from .providers import PROVIDERS
from .wording import said


@dataclass(frozen=True)
class Box:
    """How a mailbox was read last; `problem` is in words, "" when all is well."""

    checked_at: datetime | None
    next_at: datetime | None
    taken: int
    problem: str
    detail: str


def box_of(settings: ChannelSettings | None) -> Box | None:
    """The mailbox of the account in context; None where none is read."""
    if settings is None or settings.config.get("receiving") != setup.IMAP:
        return None
    row = Mailbox.objects.first()
    return Box(row.checked_at, row.next_at, row.taken, said(row.problem), row.detail) if row else None


def of(settings: ChannelSettings | None) -> dict[str, Any]:
    """What the guide on the settings page needs."""
    config = settings.config if settings else {}
    provider = PROVIDERS.get(config.get("provider", "")) if config.get("sending") == setup.PROVIDER else None
    sender = str(config.get("sender_address") or "")
    receives = config.get("receiving", setup.NOTHING)
    return {
        "box": box_of(settings), "receives": receives, "sender_domain": sender.rpartition("@")[2],
        "provider": provider, "reads_box": receives == setup.IMAP,
        "tracking_address": address(settings, "tracking") if settings and provider else "",
        "inbound_address": address(settings, "inbound") if settings and provider and provider.inbound else "",
        "knows_senders": bool(config.get("trusted")) or config.get("reply_style", setup.NOTHING) != setup.NOTHING,
    }  # fmt: skip
