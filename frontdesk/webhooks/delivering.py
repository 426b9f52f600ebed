"""From the spine to other systems: finds what is new for each endpoint, sends it, notes how that ended.

Actions know nothing of this: the worker reads the spine a moment later, so that no write becomes slower. An activity
may be committed after younger ones; hence the last hour is looked at again, and a message is made once for an endpoint.
"""

import time
from datetime import datetime, timedelta

import msgspec
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from frontdesk.accounts.models import System
from frontdesk.activity.models import Activity
from frontdesk.activity.spine import record
from frontdesk.core import vault
from frontdesk.core.ids import uuid7_floor, uuid7s
from frontdesk.core.tenancy.bulk import bulk_insert

from .actions import EVERYTHING, PING, give_up_waiting
from .models import Delivery, Endpoint, State, Status
from .sending import request, schedule
from .sending.signing import PURPOSE, signature

LATE = timedelta(hours=1)
AT_ONCE = 500
RUN_SECONDS = 20
LEASE = timedelta(minutes=1)
KEPT = timedelta(days=30)
FIELDS = (
    "id",
    "activity_id",
    "endpoint_id",
    "kind",
    "status",
    "attempts",
    "next_at",
    "response_text",
    "error",
    "created_at",
)
_encode = msgspec.json.Encoder().encode


def _wanted(kinds: list[str]) -> Q:
    if EVERYTHING in kinds:
        return Q()
    found = Q(verb__in=[kind for kind in kinds if "." in kind])
    for kind in kinds:
        if "." not in kind:
            found |= Q(verb__startswith=kind + ".")
    return found


def _news(endpoint: Endpoint) -> QuerySet[Activity]:
    """The activities for an endpoint that it has no message of, oldest first."""
    hour_ago = uuid7_floor(int((timezone.now() - LATE).timestamp() * 1000))
    since = max(min(endpoint.read_to, hour_ago), endpoint.told_from)
    known = Delivery.objects.filter(endpoint_id=endpoint.pk, activity_id=OuterRef("pk"))
    return Activity.objects.filter(_wanted(endpoint.kinds), id__gt=since).exclude(Exists(known)).order_by("id")


def queue_news(endpoint: Endpoint) -> int:
    """Make the messages about what is new; their number."""
    rows = list(_news(endpoint).values_list("id", "verb")[:AT_ONCE])
    if not rows:
        return 0
    now = timezone.now()
    made = [
        (delivery_id, activity_id, endpoint.pk, verb, Status.WAITING.value, 0, now, "", "", now)
        for delivery_id, (activity_id, verb) in zip(uuid7s(len(rows)), rows, strict=True)
    ]
    try:
        with transaction.atomic():
            bulk_insert(Delivery, FIELDS, made)
            Endpoint.objects.filter(pk=endpoint.pk, read_to__lt=rows[-1][0]).update(read_to=rows[-1][0])
    except IntegrityError:
        # Another worker made them.
        return 0
    return len(rows)


def due(endpoint: Endpoint, now: datetime) -> QuerySet[Delivery]:
    """The messages whose time has come, oldest first; none while the endpoint rests or is off."""
    if not endpoint.is_on or (endpoint.paused_until and endpoint.paused_until > now):
        return Delivery.objects.none()
    waiting = Delivery.objects.filter(endpoint_id=endpoint.pk, status=Status.WAITING, next_at__lte=now)
    return waiting.order_by("next_at", "id")


def _claim(delivery: Delivery, now: datetime) -> bool:
    """Take a message for this attempt; one whose worker dies is free again after a minute."""
    delivery.attempts, delivery.tried_at, delivery.first_at = delivery.attempts + 1, now, delivery.first_at or now
    mine = Delivery.objects.filter(pk=delivery.pk, status=Status.WAITING, next_at=delivery.next_at)
    return bool(
        mine.update(next_at=now + LEASE, attempts=delivery.attempts, tried_at=now, first_at=delivery.first_at, error="")
    )


def payload(delivery: Delivery) -> dict | None:
    """What is sent: the activity by its ids and states, without names; None when it is gone."""
    if delivery.activity_id is None:
        return {"type": PING, "timestamp": delivery.created_at, "data": {}}
    row = Activity.objects.filter(pk=delivery.activity_id).first()
    if row is None:
        return None
    data = {
        "id": row.pk, "account": row.account_id, "actor": row.actor_id, "subject": row.subject_id,
        "client": row.client_id, "data": row.data,
    }  # fmt: skip
    return {"type": row.verb, "timestamp": row.at, "data": data}


def _secrets(endpoint: Endpoint) -> list[str]:
    kept = [endpoint.secret, *([endpoint.former_secret] if endpoint.has_former_secret else [])]
    return [vault.opened(text, PURPOSE) for text in kept]


def _attempt(endpoint: Endpoint, delivery: Delivery) -> request.Answer:
    told = payload(delivery)
    if told is None:
        return request.Answer(error="gone")
    try:
        secrets = _secrets(endpoint)
    except vault.Unreadable:
        return request.Answer(error="secret")
    body, message_id, now = _encode(told), f"msg_{delivery.pk.hex}", int(time.time())
    signed = " ".join(signature(secret, message_id, now, body) for secret in secrets)
    headers = {"webhook-id": message_id, "webhook-timestamp": str(now), "webhook-signature": signed}
    return request.post(endpoint.url, headers, body)


def _note_answer(delivery: Delivery, answer: request.Answer, now: datetime) -> None:
    delivery.response_status, delivery.milliseconds = answer.status, answer.milliseconds
    delivery.response_text, delivery.error = answer.text, answer.error
    delivery.next_at, delivery.status = None, Status.DELIVERED
    if not answer.delivered:
        delivery.next_at = schedule.next_try(delivery.attempts, delivery.first_at or now, now, answer.retry_after)
        if answer.status == request.GONE or answer.error == "gone":
            delivery.next_at = None
        delivery.status = Status.WAITING if delivery.next_at else Status.FAILED
    delivery.save(update_fields=["response_status", "milliseconds", "response_text", "error", "next_at", "status"])


def _stop(endpoint: Endpoint, state: State) -> None:
    """Switch an endpoint off for its failures, and tell the admins."""
    from .jobs import queue_notices

    actor = System(endpoint.account)
    if Endpoint.objects.filter(pk=endpoint.pk, state=State.ON).update(state=state):
        give_up_waiting(endpoint)
        record(actor, "webhooks.endpoint.stopped", subject_id=endpoint.pk, data={"state": state.value})
        queue_notices(endpoint)
    endpoint.state = state


def _note_failure(endpoint: Endpoint, answer: request.Answer, now: datetime) -> None:
    endpoint.failures += 1
    endpoint.failing_since = endpoint.failing_since or now
    rest = schedule.rest_after(endpoint.failures)
    if answer.retry_after is not None:
        rest = max(rest, min(timedelta(seconds=answer.retry_after), schedule.LONGEST_WISH))
    endpoint.paused_until = now + rest
    endpoint.save(update_fields=["failures", "failing_since", "paused_until"])
    if answer.status == request.GONE:
        _stop(endpoint, State.GONE)
    elif now - endpoint.failing_since > schedule.DISABLED_AFTER:
        _stop(endpoint, State.FAILING)


def _note_success(endpoint: Endpoint) -> None:
    if endpoint.failures:
        endpoint.failures, endpoint.failing_since, endpoint.paused_until = 0, None, None
        endpoint.save(update_fields=["failures", "failing_since", "paused_until"])


def send(endpoint: Endpoint, delivery: Delivery) -> bool:
    """One attempt at a due message, outside any transaction; whether the endpoint may be sent the next."""
    if not _claim(delivery, timezone.now()):
        return True
    answer = _attempt(endpoint, delivery)
    now = timezone.now()
    with transaction.atomic():
        _note_answer(delivery, answer, now)
        if answer.delivered:
            _note_success(endpoint)
        elif answer.error != "gone":
            _note_failure(endpoint, answer, now)
    return answer.delivered or answer.error == "gone"


def send_due(endpoint: Endpoint) -> int:
    """Send what is due, until it fails or some seconds have passed; the number of attempts."""
    count, until = 0, time.monotonic() + RUN_SECONDS
    while time.monotonic() < until:
        delivery = due(endpoint, timezone.now()).first()
        if delivery is None:
            break
        count += 1
        if not send(endpoint, delivery):
            break
    return count


def forget_old() -> int:
    """Delete what ended a month ago, in every account; the number of messages."""
    old = Delivery.objects.filter(created_at__lt=timezone.now() - KEPT).exclude(status=Status.WAITING)
    return old.delete()[0]
