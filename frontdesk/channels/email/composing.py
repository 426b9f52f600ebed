"""Mails as they leave: text and HTML, files, headers that nobody can smuggle anything into."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import formataddr
from typing import Any

from django.core.mail import EmailMultiAlternatives

from frontdesk.accounts.mails import unsubscribe_headers
from frontdesk.clients.models import Client
from frontdesk.clients.subscriptions import links
from frontdesk.core.fold import clean
from frontdesk.core.reader import in_language
from frontdesk.core.text import gettext as _
from frontdesk.files.models import StoredFile

from ..models import ChannelSettings
from ..registry import Outgoing
from .threading import message_id

# What whoever queues a mail may say about it; all other headers are ours.
_ALLOWED = {
    "In-Reply-To", "References", "List-Unsubscribe", "List-Unsubscribe-Post", "Content-Language", "Auto-Submitted",
}  # fmt: skip
_HREF = re.compile(r"<(https?://[^<>\s]+)>")
_LONGEST_HEADER = 900


# What most servers take, together.
LARGEST = 25 * 1024 * 1024


def carries(files: list[StoredFile], settings: ChannelSettings | None) -> str:
    """Why these files cannot go with an e-mail, "" when they can."""
    if sum(file.size for file in files) <= LARGEST:
        return ""
    return _("These files are too large for an e-mail: at most %(most)s MB together.", most=LARGEST >> 20)


@dataclass(frozen=True)
class Sender:
    """Whom a mail comes from, and where answers go."""

    name: str
    address: str
    reply_to: str = ""

    @property
    def domain(self) -> str:
        """The domain by which Message-IDs are made."""
        return self.address.rpartition("@")[2]


def unsubscribing(client: Client, purpose: str, address: str) -> dict[str, str]:
    """The headers by which somebody unsubscribes from a mail of a purpose; none for transactional ones."""
    return unsubscribe_headers(links.address_of(client, "email", purpose, address))


def _line(text: str, most: int = _LONGEST_HEADER) -> str:
    return clean(text)[:most].strip()


def _references(value: str) -> str:
    """Message-IDs, the first and the last ones where there are many."""
    found = re.findall(r"<[^<>\s]{3,300}>", value)
    return " ".join(found if len(found) <= 20 else [found[0], *found[-19:]])


def headers_of(message: Outgoing, sender: Sender) -> dict[str, str]:
    """All headers but those of addresses and subject."""
    given = {name: value for name, value in message.headers.items() if name in _ALLOWED}
    made = {
        name: _references(value) if name in ("In-Reply-To", "References") else _line(value)
        for name, value in given.items()
    }
    made = {name: value for name, value in made.items() if value}
    return {"Message-ID": message_id(message.id, sender.domain), "X-Auto-Response-Suppress": "OOF, DR", **made}


def _unsubscribe_line(headers: Mapping[str, str]) -> tuple[str, str]:
    """The last line, as text and as HTML; empty for mails that nobody can unsubscribe from."""
    found = _HREF.search(headers.get("List-Unsubscribe", ""))
    if not found:
        return "", ""
    with in_language(headers.get("Content-Language") or "en"):
        said = _("Unsubscribe from these messages")
    href = html.escape(found[1], quote=True)
    return f"\n\n{said}: {found[1]}", f'<p><small><a href="{href}">{html.escape(said)}</a></small></p>'


def _document(message: Outgoing, language: str, last: str) -> str:
    body = message.html or html.escape(message.text).replace("\n", "<br>\n")
    lang = f' lang="{html.escape(language, quote=True)}"' if language else ""
    return (
        f'<!doctype html>\n<html{lang}><head><meta charset="utf-8"></head>'
        f'<body><div dir="auto">{body}</div>{last}</body></html>\n'
    )


def compose(message: Outgoing, sender: Sender, connection: Any = None) -> EmailMultiAlternatives:
    """The mail, ready to be sent; a name may be in any script, and nothing in it can begin another header."""
    headers = headers_of(message, sender)
    text, last = _unsubscribe_line(headers)
    made = EmailMultiAlternatives(
        subject=_line(message.subject, 300), body=message.text + text,
        from_email=formataddr((_line(sender.name, 120), sender.address)),
        to=[formataddr((_line(message.to_name, 120), message.to))],
        reply_to=[sender.reply_to] if sender.reply_to else None, headers=headers, connection=connection,
    )  # fmt: skip
    made.attach_alternative(_document(message, headers.get("Content-Language", ""), last), "text/html")
    for file in message.files:
        with file.open() as content:
            made.attach(_line(file.name, 150) or "file", content.read(), file.content_type)
    return made
