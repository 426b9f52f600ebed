"""One push to one device: encrypted for its browser, signed with the installation's key, sent with limits on time.

Push services take no key by which they would know a push again; one that is sent twice after a crash replaces itself by
its tag and topic.
"""

import base64
import hashlib
import json
from datetime import timedelta
from uuid import UUID

from django.utils import timezone
from py_vapid import VapidException

from frontdesk.accounts.models import Member, Session
from frontdesk.accounts.signin.sessions import member_of_session
from frontdesk.core.jobs import registry
from frontdesk.core.jobs.queue import enqueue
from frontdesk.core.text import ngettext as _n
from frontdesk.core.vault import Unreadable, opened
from frontdesk.ui.jinja import url
from frontdesk.webhooks.sending.request import Answer, post

from . import letters, queries, sending, vapid
from .actions.devices import PURPOSE
from .models import Channel, Device, Notice
from .queries import Row

GONE = {404, 410}
# Nothing that is tried again would be taken: the address or the push is wrong for good.
HOPELESS = {"address", "https", "private"}
PAUSES = [timedelta(seconds=seconds) for seconds in (10, 60, 300, 1800, 7200)]
TTL = 24 * 60 * 60
LONGEST_TITLE, LONGEST_BODY, MOST_BYTES = 160, 400, 3000


def topic_of(tag: str) -> str:
    """A tag as the header Topic takes it: 32 characters of base64url."""
    return base64.urlsafe_b64encode(hashlib.sha256(tag.encode()).digest())[:32].decode()


def signed_in(device: Device, member: Member) -> bool:
    """Whether the session of a device is still open for its member: not ended, expired, or past a new password."""
    session = Session.objects.filter(public_id=device.session, expire_date__gt=timezone.now()).first()
    if session is None or session.user_id != member.user_id:
        return False
    return member_of_session(session.get_decoded()) is not None


def payload(member: Member, rows: list[Row]) -> dict:
    """What the browser shows; several at once are one summary."""
    unread = queries.bell(queries.unread(member))
    if len(rows) == 1:
        said, notice = rows[0].wording, rows[0].notice
        href = url("notify:show", notice.pk) if notice.shown else said.href
        made = {"title": said.title[:LONGEST_TITLE], "body": said.body[:LONGEST_BODY], "href": href, "tag": notice.key}
    else:
        title = _n("%(num)s notification", "%(num)s notifications", len(rows))
        body = "\n".join(row.wording.title for row in rows)[:LONGEST_BODY]
        made = {"title": title, "body": body, "href": url("notify:list"), "tag": "summary"}
    return {**made, "from": member.account.name, "unread": unread}


def _encrypted(device: Device, data: dict) -> bytes:
    # It brings two HTTP clients along, 10 MiB that only the process needs which sends.
    from pywebpush import WebPusher

    keys = json.loads(opened(device.secrets, PURPOSE))
    raw = json.dumps(data, ensure_ascii=False).encode()
    while len(raw) > MOST_BYTES:
        data = {**data, "body": data["body"][: len(data["body"]) // 2]}
        raw = json.dumps(data, ensure_ascii=False).encode()
    return WebPusher({"endpoint": device.endpoint, "keys": keys}).encode(raw)["body"]


def _send(device: Device, data: dict) -> Answer:
    headers = {
        **vapid.headers(device.endpoint), "Content-Type": "application/octet-stream", "Content-Encoding": "aes128gcm",
        "TTL": str(TTL), "Urgency": "normal", "Topic": topic_of(data["tag"]),
    }  # fmt: skip
    return post(device.endpoint, headers, _encrypted(device, data))


def _settle(device: Device, answer: Answer, again) -> None:
    """Note that it was taken, give a device up that is gone, or try again later."""
    if answer.delivered:
        Device.objects.filter(pk=device.pk).update(used_at=timezone.now())
    elif answer.status in GONE or answer.error in HOPELESS:
        Device.objects.filter(pk=device.pk).delete()
    elif answer.status is None or answer.status == 429 or answer.status >= 500:
        again(answer.retry_after or 0)


def _wanted(member: Member, notices: list[Notice]) -> list[Row]:
    return [row for row in queries.worded(notices, member) if not row.gone]


def push(device_id: UUID, notice_ids: list[UUID], attempt: int = 0) -> None:
    """Push to a device what its member has not read and may see at this moment."""
    device = Device.objects.filter(pk=device_id).first()
    member = sending.reader_of(device.member_id) if device else None
    if device is None or member is None:
        return
    if not signed_in(device, member):
        device.delete()
        return
    if member.is_away():
        return

    def again(after: int) -> None:
        if attempt < len(PAUSES):
            pause = max(PAUSES[attempt], timedelta(seconds=min(after, TTL)))
            enqueue(
                registry.named(sending.PUSH), run_at=timezone.now() + pause, device_id=str(device_id),
                notices=[str(one) for one in notice_ids], attempt=attempt + 1,
            )  # fmt: skip

    notices = sending.still_wanted(member, notice_ids, Channel.PUSH)
    with letters.reading(member):
        rows = _wanted(member, notices)
        data = payload(member, rows) if rows else None
    if data is not None:
        try:
            _settle(device, _send(device, data), again)
        except (Unreadable, VapidException):
            device.delete()
    sending.settle(notices)
