"""Addresses to answer to: each names a conversation and whom it was given to, signed with the installation's key.

A token is 45 letters and digits of base32, which mail programs may write in capitals: the conversation (16 bytes), a
mark of the recipient's address (4) and a signature of these and the account (8). It is of no use in another account.
"""

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings

_MARK, _SIGNATURE = 4, 8
LENGTH = 45
_TOKEN = re.compile(r"(?:^|\+)([a-z2-7]{45})$")
PLUS, DOMAIN = "plus", "domain"


@dataclass(frozen=True)
class Answered:
    """The conversation that an address stands for; `by_same` says that it was given to this very sender."""

    conversation: UUID
    by_same: bool


def _keyed(secret: str, use: str, data: bytes) -> bytes:
    return hmac.digest(f"frontdesk reply {use}\0{secret}".encode(), data, hashlib.sha256)


def _mark(secret: str, account_id: UUID, address: str) -> bytes:
    return _keyed(secret, "mark", account_id.bytes + address.strip().lower().encode())[:_MARK]


def _signed(secret: str, account_id: UUID, body: bytes) -> bytes:
    return _keyed(secret, "token", account_id.bytes + body)[:_SIGNATURE]


def token(account_id: UUID, conversation: UUID, recipient: str) -> str:
    """The part of a reply address that names the conversation."""
    secret = settings.SECRET_KEY
    body = conversation.bytes + _mark(secret, account_id, recipient)
    return base64.b32encode(body + _signed(secret, account_id, body)).decode().rstrip("=").lower()


def address(config: Mapping[str, Any], account_id: UUID, conversation: UUID | None, recipient: str) -> str:
    """The address to answer to, by how the account receives; "" where it has none."""
    base = str(config.get("reply_address") or "")
    if conversation is None or not base or config.get("receiving", "none") == "none":
        return ""
    made = token(account_id, conversation, recipient)
    local, _at, domain = base.rpartition("@")
    if config.get("reply_style") == PLUS and local:
        return f"{local}+{made}@{domain}"
    return f"{made}@{domain}" if config.get("reply_style") == DOMAIN else ""


def read(recipients: Iterable[str], account_id: UUID, sender: str) -> Answered | None:
    """What the first valid token among the addresses of a mail says; None for those of others and look-alikes."""
    for recipient in recipients:
        found = _TOKEN.search(recipient.rpartition("@")[0].lower())
        answered = _opened(found[1], account_id, sender) if found else None
        if answered is not None:
            return answered
    return None


def _opened(text: str, account_id: UUID, sender: str) -> Answered | None:
    try:
        raw = base64.b32decode(text.upper() + "=" * (-len(text) % 8))
    except (binascii.Error, ValueError):
        return None
    body, signature = raw[:-_SIGNATURE], raw[-_SIGNATURE:]
    for secret in (settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS)):
        if hmac.compare_digest(_signed(secret, account_id, body), signature):
            same = hmac.compare_digest(_mark(secret, account_id, sender), body[16:])
            return Answered(UUID(bytes=body[:16]), same)
    return None
