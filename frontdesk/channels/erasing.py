"""What arrived from a client goes with it, the raw form included; its messages go by their keys."""

from collections.abc import Iterable
from uuid import UUID

from frontdesk.clients.models import Client
from frontdesk.clients.personal.registry import PersonalPart, personal_parts
from frontdesk.core.jobs import registry
from frontdesk.core.jobs.queue import enqueue
from frontdesk.files import blobs

from .models import Arrival

FORGET = "channels.forget"


def _raw(client: Client) -> Iterable[tuple[str, Iterable[bytes]]]:
    """The messages as they arrived."""
    found = Arrival.objects.filter(client_id=client.pk).exclude(raw="").order_by("pk")
    for row in found:
        if not blobs.exists(row.raw):
            continue
        yield f"messages/{row.pk}.eml", blobs.blocks(row.raw, row.size)


def _erase(actor, client: Client, ids: list[UUID]) -> None:
    rows = Arrival.objects.filter(client_id=client.pk)
    keys = list(rows.exclude(raw="").values_list("raw", flat=True))
    rows.delete()
    for key in keys:
        enqueue(registry.named(FORGET), blob=key)


def register() -> None:
    """Called once at start-up."""
    personal_parts.register("channels", PersonalPart(_raw, _erase))
