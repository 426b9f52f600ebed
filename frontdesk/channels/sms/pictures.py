"""Pictures that go with text messages: the provider fetches them from an address that nobody can guess, for a day."""

from uuid import UUID

from django.core import signing
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from frontdesk.accounts.mails import absolute
from frontdesk.accounts.models import Account
from frontdesk.core.http import PUBLIC, page
from frontdesk.core.tenancy.context import account_context
from frontdesk.core.text import gettext as _
from frontdesk.files import serving
from frontdesk.files.models import StoredFile

from ..models import ChannelSettings, Dispatch
from ..registry import Outgoing, Postponed, Refused
from ..sending import files_of

# What every carrier takes; the source is Twilio's list of media types and limits.
TYPES = {"image/jpeg", "image/png", "image/gif"}
MOST, LARGEST = 10, 5 * 1024 * 1024
FETCHED_WITHIN = 24 * 3600
_signer = signing.TimestampSigner(salt="channels.sms.pictures")


def carries(files: list[StoredFile], settings: ChannelSettings | None) -> str:
    """Why these files cannot go with a text message, "" when they can."""
    if settings is None or not settings.config.get("pictures"):
        return _("Text messages take no files here. Send this by e-mail or in the portal.")
    if len(files) > MOST:
        return _("At most %(most)s pictures go with a text message.", most=MOST)
    for file in files:
        if file.content_type not in TYPES:
            return _("“%(name)s” is no picture of a kind that text messages take: JPEG, PNG or GIF.", name=file.name)
        if file.size > LARGEST:
            return _("“%(name)s” is too large for a text message: at most 5 MB.", name=file.name)
    return ""


def addresses(message: Outgoing) -> list[str]:
    """Where the provider fetches the files of a message."""
    return [absolute(reverse("channels:picture", args=[_token(message, place)])) for place in range(len(message.files))]


def _token(message: Outgoing, place: int) -> str:
    return _signer.sign(f"{message.account_id.hex}.{message.id.hex}.{place}")


def _named(token: str) -> tuple[UUID, UUID, int] | None:
    """Account, message and place that an address names; None for one that was not given out, or is too old."""
    try:
        account, dispatch, place = _signer.unsign(token, max_age=FETCHED_WITHIN).split(".")
        return UUID(hex=account), UUID(hex=dispatch), int(place)
    except (signing.BadSignature, ValueError):
        return None


def _file(dispatch_id: UUID, place: int) -> StoredFile | None:
    row = Dispatch.objects.filter(pk=dispatch_id).first()
    try:
        files = files_of(row) if row else []
    except (Refused, Postponed):
        return None
    return files[place] if place < len(files) else None


@page(PUBLIC)
def picture(request, token: str) -> HttpResponseBase | HttpResponse:
    """A file of a message that is on its way, for the provider."""
    named = _named(token)
    account = Account.objects.filter(pk=named[0]).first() if named else None
    if named is None or account is None:
        raise Http404("picture")
    with account_context(account):
        file = _file(named[1], named[2])
        if file is None:
            raise Http404("picture")
        return serving.content(request, file)
