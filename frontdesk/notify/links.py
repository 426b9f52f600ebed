"""The address in an e-mail by which somebody ends such e-mails without signing in: who and which kind, signed."""

from dataclasses import dataclass
from uuid import UUID

from django.core import signing
from django.urls import reverse

from frontdesk.accounts.mails import absolute
from frontdesk.accounts.models import Member

SALT = "frontdesk.notify.stop"


@dataclass(frozen=True)
class Link:
    """What an address says; `kind` is "" for all of them."""

    account_id: UUID
    member_id: UUID
    kind: str


def address_of(member: Member, kind: str = "") -> str:
    """The public address that ends e-mails of a kind, or all, to a member."""
    said = [member.account_id.hex, member.pk.hex, kind]
    return absolute(reverse("notify:stop", args=[signing.dumps(said, salt=SALT)]))


def read(token: str) -> Link | None:
    """What an address says; None for one that was not made here."""
    try:
        account, member, kind = signing.loads(token, salt=SALT)
        return Link(UUID(account), UUID(member), str(kind))
    except (signing.BadSignature, ValueError, TypeError):
        return None
