"""Reading what arrived and giving it to the receivers, once."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import F

from .changing import account_in_context
from .models import Arrival
from .registry import Incoming, Unwelcome, channels, receivers

log = structlog.get_logger("channels")
TRIES = 5
# So often it is begun before it counts as what kills its reader: a worker may also die for another reason.
BEGUN = 9


def _clean_up(incoming: Incoming | None) -> None:
    for file in incoming.files if incoming else ():
        Path(file.path).unlink(missing_ok=True)


def _locked(arrival: Arrival) -> Arrival | None:
    """The row while it is still new."""
    return Arrival.objects.select_for_update().filter(pk=arrival.pk, state=Arrival.State.NEW).first()


def _end(arrival: Arrival, state: str, reason: str = "", detail: str = "", client_id=None) -> None:
    Arrival.objects.filter(pk=arrival.pk).update(
        state=state, reason=reason[:40], detail=detail[:300], client_id=client_id
    )


def _hand_over(arrival: Arrival, incoming: Incoming | None) -> None:
    """All receivers and the end of the arrival in one transaction: done once, or not at all."""
    account = account_in_context()
    with transaction.atomic():
        if _locked(arrival) is None:
            return
        said = [receive(account, incoming) for receive in receivers] if incoming else []
        found = next((one.client_id for one in said if one is not None and one.client_id), None)
        _end(arrival, Arrival.State.DONE, client_id=found)


def take(*arrival_ids: UUID) -> None:
    """Read arrivals of the account in context; raises what went wrong with one while it may be tried again."""
    new = Arrival.objects.filter(pk__in=arrival_ids, state=Arrival.State.NEW)
    with transaction.atomic():
        new.update(tries=F("tries") + 1)
    for arrival_id in arrival_ids:
        arrival = new.filter(pk=arrival_id).first()
        channel = channels.get(arrival.channel) if arrival else None
        if arrival and channel and channel.parse:
            _read(arrival, channel.parse)


def _read(arrival: Arrival, parse: Callable[[Arrival], Incoming | None]) -> None:
    if arrival.tries > BEGUN:
        _end(arrival, Arrival.State.FAILED, "error")
        return
    incoming = None
    try:
        incoming = parse(arrival)
        _hand_over(arrival, incoming)
    except Unwelcome as told:
        _end(arrival, Arrival.State.REFUSED, told.reason, told.detail)
    except Exception as error:
        if arrival.tries < TRIES:
            raise
        log.exception("arrival given up", arrival=str(arrival.pk))
        _end(arrival, Arrival.State.FAILED, "error", type(error).__name__)
    finally:
        _clean_up(incoming)
