"""Messages of the outbox are sent again, sent after all, or not at all."""

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from frontdesk.core.errors import Conflict
from frontdesk.core.text import gettext as _

from .. import access, permissions, queries
from ..changing import changed, tell
from ..models import Dispatch, State
from ..waking import wake

AGAIN = (State.FAILED, State.KEPT)
MOST = 10_000


class Retried(NamedTuple):
    """How many messages are sent again, and how many stay because nothing may go to their clients any more."""

    sent: int
    barred: int


def _locked(dispatch: Dispatch) -> Dispatch:
    return Dispatch.objects.select_for_update(of=("self",)).select_related("client").get(pk=dispatch.pk)


def _renew(row: Dispatch) -> None:
    """All tries anew; a report on an attempt that failed says nothing about the next one."""
    row.state, row.reason, row.detail, row.tries, row.attempt = State.QUEUED, "", "", 0, None
    row.next_at = row.due_at = timezone.now()
    row.former_id, row.provider_id = row.provider_id or row.former_id, ""
    row.sent_at = row.delivered_at = row.read_at = row.failed_at = None


FIELDS = [
    "state", "reason", "detail", "tries", "attempt", "next_at", "due_at", "former_id", "provider_id", "sent_at",
    "delivered_at", "read_at", "failed_at",
]  # fmt: skip


def _restore(row: Dispatch) -> None:
    """One that was cancelled while its channel is not set up is kept as before."""
    row.state, row.reason, row.next_at = State.KEPT, "setup", None


def retry(actor, dispatch: Dispatch) -> Dispatch:
    """Send one that failed again, or one that was kept or cancelled after all; raises Conflict, Forbidden."""
    access.require(actor, permissions.SEND)
    return send_again(actor, dispatch)


def send_again(actor, dispatch: Dispatch) -> Dispatch:
    """As `retry`, for a cause that has itself decided that the actor may; raises Conflict.

    The client may have become inactive, or have unsubscribed, since it was written.
    """
    lacks = queries.why_not(dispatch.channel)
    with transaction.atomic():
        row = _locked(dispatch)
        if row.state not in (*AGAIN, State.CANCELLED):
            raise Conflict(_("Only what failed, was kept or was cancelled can be sent again."))
        if lacks and row.state != State.CANCELLED:
            raise Conflict(lacks)
        if not lacks and (found := queries.barred_many([row])[0]):
            raise Conflict(found.text)
        if lacks:
            _restore(row)
        else:
            _renew(row)
            wake(row.channel)
        row.save(update_fields=FIELDS)
        tell(actor, "dispatch.retried", [row])
        changed([row])
    return row


def retry_many(
    actor, *, channel: str = "", state: str = State.FAILED.value, ids: Iterable[UUID] | None = None
) -> Retried:
    """Send all that failed (or was kept) again, of one channel or with these ids.

    Messages whose channel is not set up stay as they are, and so do those to clients who may not be written to.
    """
    access.require(actor, permissions.SEND)
    found = access.outbox_for(actor).filter(state__in=AGAIN)
    found = found.filter(pk__in=list(ids)) if ids is not None else found.filter(state=state)
    if channel:
        found = found.filter(channel=channel)
    keys = set(found.order_by().values_list("channel", flat=True).distinct())
    ready = [key for key in sorted(keys) if not queries.why_not(key)]
    with transaction.atomic():
        held = found.filter(channel__in=ready).select_for_update(of=("self",)).select_related("client")
        all_rows = list(held.order_by("pk")[:MOST])
        rows = [row for row, why in zip(all_rows, queries.barred_many(all_rows), strict=True) if why is None]
        for row in rows:
            _renew(row)
        Dispatch.objects.bulk_update(rows, FIELDS, batch_size=500)
        tell(actor, "dispatch.retried", rows)
        changed(rows)
        for key in {row.channel for row in rows}:
            wake(key)
    return Retried(len(rows), len(all_rows) - len(rows))


def cancel(actor, dispatch: Dispatch) -> Dispatch:
    """Do not send one that still waits; raises Conflict once it is on its way, Forbidden."""
    access.require(actor, permissions.SEND)
    with transaction.atomic():
        row = _locked(dispatch)
        if row.state == State.CANCELLED:
            return row
        if row.state not in (State.QUEUED, State.KEPT):
            raise Conflict(_("This message is on its way already."))
        row.state, row.next_at = State.CANCELLED, None
        row.save(update_fields=["state", "next_at"])
        tell(actor, "dispatch.cancelled", [row])
        changed([row])
    return row
