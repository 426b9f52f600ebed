"""STOP, START and HELP by text message are done at once and answered; people read them all the same."""

from datetime import timedelta

import structlog
from django.db import transaction
from django.utils import timezone

from frontdesk.accounts.models import System
from frontdesk.clients.models import Client, ContactPoint
from frontdesk.clients.subscriptions.hearing import Heard, heard
from frontdesk.clients.subscriptions.models import Subscription
from frontdesk.clients.subscriptions.rule import TRANSACTIONAL
from frontdesk.clients.subscriptions.words import Asked, understood

from ..actions import Letter, queue
from ..models import Dispatch
from ..registry import Incoming, Reach, Receipt

log = structlog.get_logger("channels")
CAUSE = "sms.word"
# Two machines must not answer one another for ever.
MOST_ANSWERS = 5
WITHIN = timedelta(days=1)


def _had_stopped(number: str) -> bool:
    """Whether a START says anything: a plain yes to a question is for people to read, and not to be answered."""
    points = ContactPoint.objects.filter(kind=ContactPoint.Kind.PHONE, normal=number)
    rows = Subscription.objects.filter(client_id__in=points.values("contact__client_id"), channel="sms")
    return rows.filter(subscribed=False).exists()


def _answers(number: str) -> int:
    recent = Dispatch.objects.filter(cause=CAUSE, to=number, queued_at__gt=timezone.now() - WITHIN)
    return recent.count()


def _answer(account, incoming: Incoming, said: Heard) -> None:
    client = Client.objects.filter(pk__in=said.clients).order_by("pk").first()
    reach = Reach(incoming.sender, incoming.sender, client.name if client else "")
    key = f"{CAUSE}:{incoming.arrival_id}"
    letter = Letter("sms", reach, said.answer, CAUSE, key, TRANSACTIONAL, client=client, cause_id=incoming.arrival_id)
    try:
        with transaction.atomic():
            queue(System(account), letter)
    except Exception:
        # Whoever said STOP has stopped, whether or not they can be told so.
        log.exception("a word by text message was not answered", arrival=str(incoming.arrival_id))


def take(account, incoming: Incoming) -> Receipt:
    """Do and answer what a text message asks for with one word; nothing for any other."""
    asked = understood(incoming.text) if incoming.channel == "sms" and not incoming.files else None
    if asked is None or (asked is Asked.START and not _had_stopped(incoming.sender)):
        return Receipt()
    said = heard(account, incoming.sender, incoming.text)
    if said.answer and _answers(incoming.sender) < MOST_ANSWERS:
        _answer(account, incoming, said)
    return Receipt(said.clients[0] if said.clients else None)


def opted_out(account, rows: list[Dispatch]) -> None:
    """Unsubscribe whom the carrier says to have stopped messages; they may have told it and not us."""
    for number in sorted({row.to for row in rows if row.reason == "opted_out"}):
        heard(account, number, "STOP")
