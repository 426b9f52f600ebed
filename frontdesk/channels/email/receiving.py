"""A mail that arrived: whose conversation it belongs to, whether its sender is who it says, and what it says."""

import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.utils import timezone

from frontdesk.files import blobs

from .. import queries
from ..actions.reports import moved
from ..changing import account_in_context
from ..models import Arrival, Dispatch, ReceivedMail, State
from ..registry import Incoming, InFile, Unwelcome
from . import parsing, replies
from .answers import reason_of
from .reading.task import Failure, Mail
from .threading import dispatch_ids

CHANNEL = "email"
# More mails of machines than this within an hour from one address are two machines answering each other.
MOST_AUTOMATIC = 20


def parse(arrival: Arrival) -> Incoming | None:
    """The message in an arrival; None for a report about one of ours. Raises Unwelcome."""
    if not arrival.raw:
        raise Unwelcome("too_large")
    settings = queries.settings_row(CHANNEL)
    config = settings.config if settings else {}
    with _folder() as folder, blobs.at_hand(arrival.raw, arrival.size) as path:
        mail = parsing.parse(path, folder, str(config.get("trusted") or ""))
        if mail.refused:
            raise Unwelcome(mail.refused)
        if mail.failure is not None:
            _report(mail.failure)
            return None
        _refuse_loops(arrival, mail)
        answered = _answered(arrival, mail)
        verified = bool(mail.vouched) or (answered.by_same and not mail.disowned)
        _keep(arrival, mail, verified)
        return _incoming(arrival, mail, answered, verified, _moved_out(mail, folder))


@contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="mail-", dir=blobs.scratch()))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _moved_out(mail: Mail, folder: Path) -> list[InFile]:
    """The attachments, each at a path of its own that lives until the receivers had it.

    Pictures that are in the document already are none.
    """
    made = []
    for file in mail.files:
        if not file.inline:
            path = folder.parent / f"mail-{secrets.token_hex(16)}"
            (folder / str(file.number)).replace(path)
            made.append(InFile(file.name, file.content_type, path))
    return made


def _own(ids: list[str]) -> list[Dispatch]:
    """The account's mails among these Message-IDs, in their order."""
    wanted = dispatch_ids(ids)[:50]
    found = Dispatch.objects.filter(channel=CHANNEL, pk__in=wanted).in_bulk() if wanted else {}
    return [found[pk] for pk in wanted if pk in found]


def _report(failure: Failure) -> None:
    """What a server says about a mail of ours; reports about mails of others are nobody's."""
    rows = _own(failure.ids)
    if not rows:
        raise Unwelcome("report")
    if failure.final:
        code = int(failure.said[:3]) if failure.said[:3].isdigit() else 550
        reason = reason_of(code, f"{failure.status} {failure.said}")
        moved(
            account_in_context(), CHANNEL, State.FAILED.value, dispatch_id=rows[0].pk, reason=reason,
            detail=failure.said or failure.status,
        )  # fmt: skip


def _refuse_loops(arrival: Arrival, mail: Mail) -> None:
    if _own([mail.message_id]):
        raise Unwelcome("loop")
    if not mail.automatic:
        return
    since = timezone.now() - timedelta(hours=1)
    same = ReceivedMail.objects.filter(sender=mail.sender, created_at__gte=since).exclude(automatic="")
    if same.exclude(arrival=arrival).count() >= MOST_AUTOMATIC:
        raise Unwelcome("loop", mail.sender)


class _Thread:
    """Where a mail belongs: its conversation, whether its sender is who was written to."""

    conversation: UUID | None = None
    by_same = False


def _answered(arrival: Arrival, mail: Mail) -> _Thread:
    """By the address that it was sent to, else by the mail that it answers, if that went to this very sender."""
    found = _Thread()
    token = replies.read(mail.recipients, arrival.account_id, mail.sender)
    if token is not None:
        found.conversation, found.by_same = token.conversation, token.by_same
    else:
        own = [row for row in _own(mail.answers) if row.thread and row.to == mail.sender]
        found.conversation = own[0].thread if own else None
    return found


def _keep(arrival: Arrival, mail: Mail, verified: bool) -> None:
    """Note what was read; a second copy of a mail is refused, the same arrival may be read again."""
    made, is_new = ReceivedMail.objects.get_or_create(
        fingerprint=mail.fingerprint,
        defaults={
            "account_id": arrival.account_id, "arrival": arrival, "sender": mail.sender, "html": mail.html,
            "automatic": mail.automatic, "verified": verified, "subject": mail.subject,
        },
    )  # fmt: skip
    if not is_new and made.arrival_id != arrival.pk:
        raise Unwelcome("duplicate")


def _incoming(arrival: Arrival, mail: Mail, found: _Thread, verified: bool, files: list[InFile]) -> Incoming:
    return Incoming(
        arrival_id=arrival.pk, channel=CHANNEL, at=arrival.received_at, sender=mail.sender,
        sender_name=mail.sender_name, verified=verified, text=mail.text, subject=mail.subject, quoted=mail.quoted,
        conversation=found.conversation, files=files,
        automatic=bool(mail.automatic),
    )  # fmt: skip
