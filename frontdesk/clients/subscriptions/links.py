"""The address in an e-mail by which somebody unsubscribes without signing in.

It says for which client and which messages it is, signed with the installation's key, and works as long as that key is
in use. It names nobody: the e-mail address that it was sent to is a mark in it, found again among the client's own.
"""

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from frontdesk.accounts.mails import absolute

from ..models import Client, ContactPoint, MergedClient
from .rule import TRANSACTIONAL, Kind, checked_kind

# Fixed for as long as links live.
CODES: dict[Kind, int] = {
    ("email", "service"): 1, ("email", "marketing"): 2, ("sms", "service"): 3, ("sms", "marketing"): 4,
}  # fmt: skip
_KINDS = {code: kind for kind, code in CODES.items()}
_MARK, _SIGNATURE = 8, 16
_LENGTH = 1 + 16 + 16 + _MARK + _SIGNATURE


@dataclass(frozen=True)
class Link:
    """What an address says."""

    account_id: UUID
    client_id: UUID
    kind: Kind
    mark: bytes


def _keyed(secret: str, use: str, data: bytes) -> bytes:
    return hmac.digest(f"frontdesk unsubscribe {use}\0{secret}".encode(), data, hashlib.sha256)


def _secrets() -> list[str]:
    return [settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS)]


def _mark(secret: str, client_id: UUID, address: str) -> bytes:
    return _keyed(secret, "address", client_id.bytes + address.strip().lower().encode())[:_MARK]


def address_of(client: Client, channel: str, purpose: str, address: str = "") -> str:
    """The public address to unsubscribe a client, sent to `address`; "" for what nobody can unsubscribe from."""
    if purpose == TRANSACTIONAL:
        return ""
    code = CODES[checked_kind(channel, purpose)]
    mark = _mark(settings.SECRET_KEY, client.pk, address)
    body = bytes([code]) + client.account_id.bytes + client.pk.bytes + mark
    signed = body + _keyed(settings.SECRET_KEY, "link", body)[:_SIGNATURE]
    return absolute(reverse("subscriptions:link", args=[base64.urlsafe_b64encode(signed).decode()]))


def read(token: str) -> Link | None:
    """What an address says; None for one that was not made here."""
    try:
        raw = base64.b64decode(token.encode(), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    body, signature = raw[:-_SIGNATURE], raw[-_SIGNATURE:]
    if len(raw) != _LENGTH or body[0] not in _KINDS:
        return None
    if not any(hmac.compare_digest(_keyed(one, "link", body)[:_SIGNATURE], signature) for one in _secrets()):
        return None
    return Link(UUID(bytes=body[1:17]), UUID(bytes=body[17:33]), _KINDS[body[0]], body[33:])


def client_of(link: Link) -> Client | None:
    """The client of an address, which may be part of another one by now; in the context of its account."""
    found = Client.objects.filter(pk=link.client_id).first()
    into = (
        None if found else MergedClient.objects.filter(former=link.client_id).values_list("into_id", flat=True).first()
    )
    return Client.objects.filter(pk=into).first() if into else found


def sent_to(link: Link, client: Client) -> str:
    """The e-mail address that the mail went to, where the client still has it."""
    points = ContactPoint.objects.filter(contact__client_id=client.pk, kind=ContactPoint.Kind.EMAIL)
    own = points.order_by("id").values_list("normal", flat=True)
    marks = [(value, _mark(secret, link.client_id, value)) for value in own for secret in _secrets()]
    return next((value for value, mark in marks if hmac.compare_digest(mark, link.mark)), "")
