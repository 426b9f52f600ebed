"""Notices as e-mails: one, or several gathered in one, in the reader's language and the account's words."""

import hashlib
import zoneinfo
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import parseaddr
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from frontdesk.accounts import mails
from frontdesk.accounts.models import Member
from frontdesk.core.text import gettext as _
from frontdesk.core.text import ngettext as _n
from frontdesk.ui import formats
from frontdesk.ui.jinja import url

from . import links
from .queries import Row
from .wishes import zone_of


@contextmanager
def reading(member: Member) -> Iterator[zoneinfo.ZoneInfo]:
    """Write to a member within the block: in their language and time zone, with the account's words."""
    zone = zone_of(member)
    language = (member.user.language if member.user else "") or member.account.language
    with mails.speaking(member.account, language), timezone.override(zone):
        yield zone


def address_of(member: Member) -> str:
    """Where a member gets e-mails; "" for nowhere."""
    return (member.user.email if member.user else "") or member.email


def _host() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"


def _thread(member: Member, key: str) -> str:
    """What e-mails about the same thing refer to, so that mail programs show them as one."""
    mark = hashlib.sha256(f"{member.pk}\0{key}".encode()).hexdigest()[:32]
    return f"<{mark}@{_host()}>"


def _headers(member: Member, rows: list[Row], batch: UUID) -> dict[str, str]:
    headers = {"Message-ID": f"<{batch.hex}@{_host()}>", "Auto-Submitted": "auto-generated"}
    if len(rows) == 1:
        thread = _thread(member, rows[0].notice.key)
        headers |= {"References": thread, "In-Reply-To": thread}
    return headers


def _one(row: Row) -> tuple[str, list[str], str]:
    body = [row.wording.body] if row.wording.body else []
    return row.wording.title, body or [row.wording.title], url("notify:show", row.notice.pk)


def _line(row: Row) -> str:
    body = f" – {row.wording.body}" if row.wording.body else ""
    return f"{formats.moment(row.notice.at)}: {row.wording.title}{body}"


def _several(rows: list[Row]) -> tuple[str, list[str], str]:
    subject = _n("%(num)s notification", "%(num)s notifications", len(rows))
    return subject, [_line(row) for row in rows], url("notify:list")


def mail_of(member: Member, rows: list[Row], batch: UUID) -> mails.Mail:
    """The e-mail that tells a member of these; `batch` is the same whenever it is sent again."""
    subject, paragraphs, path = _one(rows[0]) if len(rows) == 1 else _several(rows)
    return mails.Mail(
        address_of(member), subject, subject, paragraphs, _("Open it"), mails.absolute(path),
        unsubscribe_href=links.address_of(member, rows[0].notice.kind if len(rows) == 1 else ""),
        headers=_headers(member, rows, batch),
    )  # fmt: skip
