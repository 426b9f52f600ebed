"""What the provider tells: what became of a message, and messages that people sent."""

from datetime import timedelta
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from twilio.request_validator import RequestValidator

from .. import actions
from ..changing import TIMES
from ..hooks import Hook
from ..models import Arrival, Dispatch, State
from . import twilio
from .sending import STATES

# A provider repeats what it could not deliver to us for a while; what comes again later was recorded by somebody.
REPEATED = timedelta(minutes=15)
STALE = timedelta(days=8)
LONGEST = 10_000
EMPTY = '<?xml version="1.0" encoding="UTF-8"?><Response/>'


def is_signed(hook: Hook) -> bool:
    """Whether the provider signed this call, and for this account of its."""
    token, posted = hook.settings.secret("auth_token"), hook.request.POST
    if not token or posted.get("AccountSid") != hook.settings.config.get("account_sid"):
        return False
    signature = hook.request.headers.get("X-Twilio-Signature", "")
    return RequestValidator(token).validate(hook.url, posted, signature)


def refused(why: str) -> HttpResponse:
    """The answer to a call that is not believed."""
    return HttpResponse(f"{why}\n", status=403, content_type="text/plain")


def _is_old(row: Dispatch, state: str) -> str:
    """Why a report comes too late to be believed, "" when it does not."""
    now = timezone.now()
    if row.queued_at < now - STALE:
        return "stale"
    noted = getattr(row, TIMES[State(state)]) if state in (State.DELIVERED, State.READ, State.FAILED) else None
    return "replayed" if noted and noted < now - REPEATED else ""


def _dispatch(text: str) -> Dispatch | None:
    try:
        return Dispatch.objects.filter(pk=UUID(text), channel="sms").first()
    except ValueError:
        return None


def status(hook: Hook) -> HttpResponse:
    """A report about one message, which the address names."""
    if not is_signed(hook):
        return refused("unsigned")
    posted = hook.request.POST
    row, state = _dispatch(hook.request.GET.get("dispatch", "")), STATES.get(posted.get("MessageStatus", ""))
    if row is None or state is None:
        return HttpResponse(status=204)
    old = _is_old(row, state)
    if old:
        return refused(old)
    code = posted.get("ErrorCode", "")
    reason = twilio.reason_of(int(code)) if code.isdecimal() and len(code) < 8 else "rejected"
    actions.moved(
        hook.account, "sms", state, dispatch_id=row.pk, provider_id=posted.get("MessageSid", ""),
        reason=reason if state == State.FAILED else "", detail=code if state == State.FAILED else "",
    )  # fmt: skip
    return HttpResponse(status=204)


def inbound(hook: Hook) -> HttpResponse:
    """A message from somebody; it is kept, and read by a job."""
    if not is_signed(hook):
        return refused("unsigned")
    payload = {name[:60]: str(text)[:LONGEST] for name, text in hook.request.POST.items()}
    sid = payload.get("MessageSid", "")
    if not sid:
        return HttpResponse(status=400)
    known = Arrival.objects.filter(channel="sms", provider_id=sid).first()
    if known is not None and known.received_at < timezone.now() - REPEATED:
        return refused("replayed")
    actions.arrived(hook.account, "sms", sid, payload)
    return HttpResponse(EMPTY, content_type="text/xml")
