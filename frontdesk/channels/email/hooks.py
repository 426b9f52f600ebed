"""What providers tell by webhook: e-mails that arrived, and what became of those that left.

Anymail's views check who calls and read what is told. Where a provider signs, its signature must be right and fresh,
and is taken once; others call with a password that stands in the address. What anymail brings along is loaded with this
module, by the first call.
"""

import hashlib
import json
import time
import warnings
from typing import Any
from uuid import UUID

from anymail.exceptions import AnymailError, AnymailInsecureWebhookWarning, AnymailWebhookValidationFailure
from anymail.signals import EventType, RejectReason
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

from frontdesk.core import emails

from ..actions.arrivals import arrived
from ..actions.reports import moved
from ..hooks import Hook
from ..models import ChannelSettings, State
from . import setup
from .answers import reason_of
from .hook_addresses import USER, password
from .providers import METADATA, PROVIDERS, Provider

MOST_BYTES = 60 * 1024 * 1024
FRESH_SECONDS = 15 * 60
_REASONS = {
    RejectReason.INVALID: "address", RejectReason.SPAM: "spam", RejectReason.BLOCKED: "spam",
    RejectReason.TIMED_OUT: "unreachable", RejectReason.UNSUBSCRIBED: "opted_out",
}  # fmt: skip
_FAILED = (EventType.BOUNCED, EventType.REJECTED, EventType.FAILED)


class _NotWelcome(Exception):
    """A call that is not the provider's, or is not understood: the status to answer with."""

    def __init__(self, status: int):
        super().__init__(status)
        self.status = status


def tracking(hook: Hook) -> HttpResponse:
    """What became of mails that left."""
    return _answered(hook, "tracking", _report)


def inbound(hook: Hook) -> HttpResponse:
    """A mail that arrived."""
    if hook.settings.config.get("receiving") != setup.PROVIDER or not hook.settings.enabled:
        return HttpResponse(status=403)
    return _answered(hook, "inbound", _arrival)


def _answered(hook: Hook, kind: str, take) -> HttpResponse:
    try:
        for event in _events(hook, kind):
            take(hook, event)
    except _NotWelcome as refused:
        return HttpResponse(status=refused.status)
    return HttpResponse()


def _events(hook: Hook, kind: str) -> list[Any]:
    """What the provider tells, once it is known to be the provider."""
    provider = PROVIDERS.get(hook.settings.config.get("provider", ""))
    path = getattr(provider, kind) if provider and hook.settings.config.get("sending") == setup.PROVIDER else ""
    if not provider or not path:
        raise _NotWelcome(403)
    _load(hook.request)
    try:
        view = _view(import_string(path), provider, hook.settings)
        view.run_validators(hook.request)
        _require_fresh(hook, provider)
        return view.parse_events(hook.request)
    except AnymailWebhookValidationFailure:
        raise _NotWelcome(403) from None
    except (AnymailError, ValueError, KeyError, TypeError, AttributeError, IndexError, LookupError):
        raise _NotWelcome(400) from None


def _load(request: HttpRequest) -> None:
    """Have the body at hand, up to a size that a mail with files may have."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        raise _NotWelcome(413)
    if request.content_type != "multipart/form-data" and not hasattr(request, "_body"):
        # The body is bounded here; Django's own bound is for forms that people fill in.
        request._body = request.read()


def _view(view_class, provider: Provider, settings: ChannelSettings) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", AnymailInsecureWebhookWarning)
        warnings.simplefilter("ignore", UserWarning)
        if not provider.signature:
            return view_class(webhook_secret=f"{USER}:{password(settings)}")
        secret = settings.secret("hook_secret")
        if not secret:
            raise _NotWelcome(403)
        return view_class(**{provider.signature: secret})


def _signed(request: HttpRequest) -> tuple[str, str]:
    """The time and the token that Mailgun has signed."""
    if request.content_type == "application/json":
        block = json.loads(request.body)["signature"]
        return str(block["timestamp"]), str(block["token"])
    return request.POST["timestamp"], request.POST["token"]


def _require_fresh(hook: Hook, provider: Provider) -> None:
    """A signature that is old, or was here before, is somebody's who has overheard it."""
    if not provider.signature:
        return
    at, token = _signed(hook.request)
    if not at.isascii() or not at.isdigit() or abs(time.time() - int(at)) > FRESH_SECONDS:
        raise _NotWelcome(403)
    digest = hashlib.sha256(f"{hook.account.pk}\0{token}\0{at}".encode()).hexdigest()
    if not cache.add(f"mail-hook:{digest}", 1, 4 * FRESH_SECONDS):
        raise _NotWelcome(403)


def _report(hook: Hook, event: Any) -> None:
    """A mail was delivered, or came back."""
    if event.event_type == EventType.DELIVERED:
        _move(hook, event, State.DELIVERED.value)
    elif event.event_type in _FAILED:
        said = " ".join(str(event.mta_response or event.description or "").split())[:300]
        _move(hook, event, State.FAILED.value, _REASONS.get(event.reject_reason) or _by_text(said), said)


def _by_text(said: str) -> str:
    return reason_of(int(said[:3]) if said[:3].isdigit() else 550, said)


def _move(hook: Hook, event: Any, state: str, reason: str = "", detail: str = "") -> None:
    named = (event.metadata or {}).get(METADATA, "")
    try:
        dispatch_id = UUID(hex=str(named))
    except ValueError:
        dispatch_id = None
    moved(
        hook.account, "email", state, dispatch_id=dispatch_id, provider_id=str(event.message_id or "").strip("<>"),
        reason=reason, detail=detail, at=event.timestamp,
    )  # fmt: skip


def _arrival(hook: Hook, event: Any) -> None:
    """Write the mail down as it came; it is read by a job."""
    if event.message is None:
        return
    try:
        raw = event.message.as_bytes()
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise _NotWelcome(400) from None
    raw = _delivered_to(event.message.envelope_recipient) + raw
    arrived(hook.account, "email", f"hook:{hashlib.sha256(raw).hexdigest()}", raw=raw)


def _delivered_to(recipient: str | None) -> bytes:
    """The address that the mail was really sent to, which its own headers need not name."""
    try:
        return f"X-Original-To: {emails.parse(recipient or '')}\r\n".encode()
    except (emails.BadEmail, UnicodeError):
        return b""
