"""Reading a text message that arrived, with the pictures that came with it."""

import mimetypes
import secrets
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import structlog

from frontdesk.accounts.mails import speaking
from frontdesk.core import phones
from frontdesk.core.fold import clean_block
from frontdesk.core.text import ngettext
from frontdesk.files import blobs
from frontdesk.files.limits import limits
from frontdesk.webhooks.sending import request

from ..arriving import TRIES
from ..changing import account_in_context
from ..models import Arrival, ChannelSettings
from ..registry import Incoming, InFile, Unwelcome
from . import twilio

log = structlog.get_logger("channels")
MOST_MEDIA = 10
LARGEST = 25 * 1024 * 1024
MOST_HOPS = 3
SECONDS = 30


class Unfetched(Exception):
    """A file that could not be had; `again` says whether another try may help."""

    def __init__(self, why: str, again: bool = False):
        super().__init__(why)
        self.again = again


def _host(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _content(settings: ChannelSettings, url: str) -> bytes:
    """The bytes at an address of the provider's, which may lead elsewhere; only the provider gets our password."""
    own, most = _host(twilio.server(settings)), min(LARGEST, limits().bytes)
    if _host(url) != own:
        raise Unfetched("elsewhere")
    for _hop in range(MOST_HOPS):
        told = twilio.headers(settings) if _host(url) == own else {"User-Agent": "Frontdesk", "Connection": "close"}
        reply = request.call("GET", url, told, most=most, seconds=SECONDS)
        if reply.status in (301, 302, 303, 307, 308):
            url = urljoin(url, reply.headers.get("Location", ""))
        elif reply.status == 200:
            return reply.content
        else:
            again = reply.error in ("late", "connection", "name") or (reply.status or 0) >= 429
            raise Unfetched(reply.error or str(reply.status), again)
    raise Unfetched("redirects")


def _fetched(settings: ChannelSettings, url: str, content_type: str, number: int) -> InFile:
    content_type = content_type.partition(";")[0].strip().lower()
    path = blobs.scratch() / f"media-{secrets.token_hex(16)}"
    path.write_bytes(_content(settings, url))
    extension = {"image/jpeg": ".jpg", "audio/amr": ".amr"}.get(content_type) or mimetypes.guess_extension(content_type)
    return InFile(f"file-{number}{extension or '.bin'}", content_type, path)


def _media(payload: dict) -> list[tuple[str, str]]:
    """(address, type) of the files, as the provider counts them."""
    count = str(payload.get("NumMedia") or "0")
    numbers = range(min(int(count), MOST_MEDIA)) if count.isdecimal() and len(count) < 4 else ()
    found = [(payload.get(f"MediaUrl{one}", ""), payload.get(f"MediaContentType{one}", "")) for one in numbers]
    return [(url, kind) for url, kind in found if url]


def _files(arrival: Arrival, settings: ChannelSettings) -> tuple[list[InFile], int]:
    """The files, and how many could not be had; raises Unfetched while another try may help."""
    files: list[InFile] = []
    lost = 0
    for number, (url, kind) in enumerate(_media(arrival.payload), 1):
        try:
            files.append(_fetched(settings, url, kind, number))
        except Unfetched as told:
            if told.again and arrival.tries < TRIES:
                for file in files:
                    Path(file.path).unlink(missing_ok=True)
                raise
            log.warning("a file of a text message was not fetched", arrival=str(arrival.pk), why=str(told))
            lost += 1
    return files, lost


def _number(text: str) -> str:
    """A sender's number; of a name or short code just that."""
    try:
        return phones.parse(text).e164
    except phones.BadPhone:
        return text.strip()[:40]


def _lost(count: int) -> str:
    account = account_in_context()
    with speaking(account, account.language):
        return ngettext("(%(num)s file could not be fetched.)", "(%(num)s files could not be fetched.)", count)


def parse(arrival: Arrival) -> Incoming:
    """A text message; its number is vouched for by the provider's signature. Raises Unwelcome, Unfetched."""
    settings = ChannelSettings.objects.get(channel="sms")
    sender = _number(str(arrival.payload.get("From") or ""))
    if not sender:
        raise Unwelcome("sender")
    text = clean_block(str(arrival.payload.get("Body") or ""))
    files, lost = _files(arrival, settings)
    if lost:
        text = f"{text}\n{_lost(lost)}".strip()
    return Incoming(arrival.pk, "sms", arrival.received_at, sender, "", True, text, files=files)
