"""What arrives is written down before anything is read from it, so that nothing acknowledged is lost."""

import secrets
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from frontdesk.activity.spine import record
from frontdesk.core.errors import Conflict
from frontdesk.core.http.nul import without_nul
from frontdesk.core.jobs import registry
from frontdesk.core.jobs.queue import enqueue
from frontdesk.core.text import gettext as _
from frontdesk.files import blobs

from .. import access, permissions
from ..models import Arrival

RECEIVE = "channels.receive"


def _kept(account_id, raw: bytes | Path) -> tuple[str, int]:
    """The key and size of the raw bytes, which are on disk from now on."""
    path = raw
    if isinstance(path, bytes):
        path = blobs.scratch() / f"arrival-{secrets.token_hex(16)}"
        path.write_bytes(raw if isinstance(raw, bytes) else b"")
    key, size = blobs.new_key(account_id), path.stat().st_size
    blobs.keep(path, key)
    return key, size


def read_again(actor, arrival: Arrival) -> Arrival:
    """Read anew what `access.get_arrival` gave, as if it had just come; raises Conflict, Forbidden.

    What was taken in meanwhile, or is no longer kept, is not read again.
    """
    access.require(actor, permissions.SEND)
    with transaction.atomic():
        row = Arrival.objects.select_for_update().get(pk=arrival.pk)
        if row.state not in (Arrival.State.REFUSED, Arrival.State.FAILED):
            raise Conflict(_("It has been taken in, or is being read."))
        if not row.is_kept:
            raise Conflict(_("It came too long ago: what it said is no longer kept."))
        row.state, row.reason, row.detail, row.tries = Arrival.State.NEW, "", "", 0
        row.save(update_fields=["state", "reason", "detail", "tries"])
        enqueue(registry.named(RECEIVE), arrival_ids=[str(row.pk)])
        record(actor, "arrival.retried", subject_id=row.pk, data={"channel": row.channel})
    return row


def arrived(
    account, channel: str, provider_id: str, payload: dict | None = None, raw: bytes | Path | None = None
) -> Arrival:
    """Take in what a provider or server gave, in the context of its account; the same one twice is taken once.

    A `raw` file at a path is used up. It is read by a job.
    """
    provider_id, payload = without_nul(provider_id)[:200], without_nul(payload or {})
    known = Arrival.objects.filter(channel=channel, provider_id=provider_id).first()
    if known is not None:
        return known
    key, size = _kept(account.pk, raw) if raw is not None else ("", 0)
    with transaction.atomic():
        made, is_new = Arrival.objects.get_or_create(
            channel=channel, provider_id=provider_id,
            defaults={
                "account_id": account.pk, "payload": payload, "raw": key, "size": size,
                "received_at": timezone.now(),
            },
        )  # fmt: skip
        if is_new:
            enqueue(registry.named(RECEIVE), arrival_ids=[str(made.pk)])
    if not is_new and key:
        blobs.remove(key)
    return made
