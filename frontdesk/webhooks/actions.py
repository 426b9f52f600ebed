"""What can be done with webhooks; sending itself is in `delivering`."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from frontdesk.activity import sentences
from frontdesk.activity.spine import record
from frontdesk.core import vault
from frontdesk.core.checks import Errors
from frontdesk.core.errors import Conflict
from frontdesk.core.ids import uuid7
from frontdesk.core.text import gettext as _

from . import access, permissions
from .models import Delivery, Endpoint, State, Status
from .sending import addresses
from .sending.signing import PURPOSE, new_secret
from .wording import error_text

EVERYTHING = "*"
MOST_ENDPOINTS = 20
OVERLAP = timedelta(hours=24)
PING = "webhooks.ping"
SWITCHED = ("state", "failures", "failing_since", "paused_until")


def known_kinds() -> set[str]:
    """What an endpoint can be told: everything, a part of the product, or one verb."""
    verbs = {verb for verb, _sentence in sentences.sentences.items()}
    return {EVERYTHING, *verbs, *(verb.partition(".")[0] for verb in verbs)}


def _checked(url: str, description: str, kinds: list[str]) -> dict:
    errors = Errors()
    description = errors.line("description", description, 120)
    try:
        addresses.parse(url.strip())
    except addresses.BadAddress as refused:
        errors.add("url", error_text(refused.reason))
    if not kinds:
        errors.add("kinds", _("Choose at least one."))
    unknown = sorted(set(kinds) - known_kinds())
    if unknown:
        errors.add("kinds", _("There is no kind “%(kind)s”.", kind=unknown[0][:80]))
    errors.raise_any()
    return {"url": url.strip(), "description": description, "kinds": sorted(set(kinds))}


def _from_now() -> dict:
    now = uuid7()
    return {"told_from": now, "read_to": now}


def add_endpoint(actor, *, url: str, kinds: list[str], description: str = "") -> tuple[Endpoint, str]:
    """A new endpoint, and its secret, which is never shown again; raises Invalid, Forbidden."""
    access.require(actor, permissions.MANAGE)
    values = _checked(url, description, kinds)
    if access.endpoints_for(actor).count() >= MOST_ENDPOINTS:
        raise Conflict(_("At most %(most)s are allowed.", most=MOST_ENDPOINTS))
    secret = new_secret()
    with transaction.atomic():
        made = Endpoint.objects.create(
            account_id=actor.account_id, secret=vault.sealed(secret, PURPOSE), **_from_now(), **values
        )
        record(actor, "webhooks.endpoint.added", subject_id=made.pk, data={"kinds": made.kinds})
    return made, secret


def change_endpoint(actor, endpoint: Endpoint, *, url: str, kinds: list[str], description: str = "") -> None:
    """Another address, description or other kinds; raises Invalid, Forbidden."""
    access.require(actor, permissions.MANAGE)
    for name, value in _checked(url, description, kinds).items():
        setattr(endpoint, name, value)
    with transaction.atomic():
        endpoint.save(update_fields=["url", "description", "kinds"])
        record(actor, "webhooks.endpoint.changed", subject_id=endpoint.pk, data={"kinds": endpoint.kinds})


def switch_endpoint(actor, endpoint: Endpoint, on: bool) -> None:
    """Switch on or off. What happens while it is off is not told later; what was waiting is given up."""
    access.require(actor, permissions.MANAGE)
    if endpoint.is_on == on:
        return
    endpoint.state, endpoint.failures = State.ON if on else State.OFF, 0
    endpoint.failing_since = endpoint.paused_until = None
    for name, value in _from_now().items():
        setattr(endpoint, name, value)
    with transaction.atomic():
        endpoint.save(update_fields=[*SWITCHED, "told_from", "read_to"])
        give_up_waiting(endpoint)
        record(actor, f"webhooks.endpoint.{'enabled' if on else 'disabled'}", subject_id=endpoint.pk)


def give_up_waiting(endpoint: Endpoint) -> None:
    """End the messages that still wait for an endpoint that is off."""
    waiting = Delivery.objects.filter(endpoint_id=endpoint.pk, status=Status.WAITING)
    waiting.update(status=Status.FAILED, next_at=None, error="off")


def rotate_secret(actor, endpoint: Endpoint) -> str:
    """A new secret, shown once; the former one signs beside it for a day."""
    access.require(actor, permissions.MANAGE)
    secret = new_secret()
    endpoint.former_secret, endpoint.former_until = endpoint.secret, timezone.now() + OVERLAP
    endpoint.secret = vault.sealed(secret, PURPOSE)
    with transaction.atomic():
        endpoint.save(update_fields=["secret", "former_secret", "former_until"])
        record(actor, "webhooks.endpoint.rotated", subject_id=endpoint.pk)
    return secret


def remove_endpoint(actor, endpoint: Endpoint) -> None:
    """Forget an endpoint with the log of its messages."""
    access.require(actor, permissions.MANAGE)
    with transaction.atomic():
        record(actor, "webhooks.endpoint.removed", subject_id=endpoint.pk)
        endpoint.delete()


def send_test(actor, endpoint: Endpoint) -> Delivery:
    """Queue a test message; raises Conflict for an endpoint that is off."""
    access.require(actor, permissions.MANAGE)
    _require_on(endpoint)
    with transaction.atomic():
        made = Delivery.objects.create(
            account_id=actor.account_id, endpoint=endpoint, kind=PING, next_at=timezone.now()
        )
        _send_soon(endpoint)
    return made


def retry_delivery(actor, endpoint: Endpoint, delivery: Delivery) -> None:
    """Send a message again, now and with all its tries; raises Conflict while one waits or the endpoint is off."""
    access.require(actor, permissions.MANAGE)
    _require_on(endpoint)
    now = timezone.now()
    with transaction.atomic():
        ended = Delivery.objects.filter(pk=delivery.pk).exclude(status=Status.WAITING)
        if not ended.update(status=Status.WAITING, attempts=0, next_at=now, first_at=None, error=""):
            raise Conflict(_("This message is waiting to be sent already."))
        _send_soon(endpoint)


def _send_soon(endpoint: Endpoint) -> None:
    """What a person asks for does not wait until the endpoint has rested."""
    Endpoint.objects.filter(pk=endpoint.pk).update(paused_until=None)


def _require_on(endpoint: Endpoint) -> None:
    if not endpoint.is_on:
        raise Conflict(_("Switch the webhook on first."))
