"""Looking through the mailboxes of accounts: what is new is written down here before anything is changed there.

A mail is known by its number in the folder, and by the digest of its bytes where the server has numbered anew; so none
is lost and none is taken in twice, whenever either side dies.
"""

import hashlib
import secrets
import time
from datetime import timedelta

import structlog
from django.db.models import Exists, OuterRef
from django.utils import timezone

from frontdesk.core.jobs import queue as jobs
from frontdesk.core.jobs.queue import enqueue
from frontdesk.core.jobs.registry import named
from frontdesk.core.tenancy.context import account_context, across_accounts
from frontdesk.files import blobs

from .. import queries
from ..actions.arrivals import arrived
from ..changing import account_in_context
from ..models import ChannelSettings, Mailbox
from . import imap, setup
from .reading.task import Limits

log = structlog.get_logger("channels")
READ = "channels.mailbox"
EVERY = timedelta(minutes=1)
LEASE = timedelta(minutes=5)
RESTS = [timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 15)]
# Tests let hours pass in moments by a smaller pace.
PACE = 1.0
WELL = {"failures": 0, "problem": "", "detail": "", "problem_since": None}
BATCH = 200
TURN_SECONDS = 90
LARGEST = Limits().raw_bytes
# Days before the last look that are read again after a server has numbered its mails anew.
BEFORE = timedelta(days=2)


def server_of(settings: ChannelSettings) -> imap.Server:
    """The account's mailbox."""
    config = settings.config
    return imap.Server(
        config.get("imap_host", ""), int(config.get("imap_port") or 993), config.get("imap_security") or "tls",
        config.get("imap_user", ""), settings.secret("imap_password"), config.get("imap_folder") or "INBOX",
    )  # fmt: skip


def _identity(settings: ChannelSettings) -> str:
    """Which folder is meant; another one is read from its own beginning."""
    server = server_of(settings)
    return hashlib.sha256(f"{server.host}\0{server.user}\0{server.folder}".encode()).hexdigest()


def _found() -> list[tuple]:
    """(account, mailbox) of mailboxes to look through now; those that were set up just now get their rows."""
    now = timezone.now()
    with across_accounts():
        wanted = ChannelSettings.objects.filter(channel="email", enabled=True, config__receiving=setup.IMAP)
        known = Mailbox.objects.filter(account_id=OuterRef("account_id"))
        fresh = list(wanted.exclude(Exists(known)).values_list("account_id", flat=True))
    for account_id in fresh:
        with account_context(account_id):
            Mailbox.objects.get_or_create(account_id=account_id, defaults={"next_at": now})
    with across_accounts():
        return list(Mailbox.objects.filter(next_at__lte=now).order_by("next_at").values_list("account_id", "pk")[:1000])


def look_around() -> int:
    """Queue a reading of each mailbox whose time has come; the number of them."""
    found = _found()
    for account_id, pk in found:
        with account_context(account_id):
            look(pk)
    return len(found)


def look(pk=None) -> bool:
    """Queue a reading of the mailbox of the account in context; False when one is on its way."""
    now = timezone.now()
    rows = Mailbox.objects.all() if pk is None else Mailbox.objects.filter(pk=pk, next_at__lte=now)
    if pk is None:
        Mailbox.objects.get_or_create(account_id=account_in_context().pk, defaults={"next_at": now})
    if not rows.update(next_at=now + LEASE):
        return False
    enqueue(named(READ))
    return True


def read() -> int:
    """Read what is new in the mailbox of the account in context; the number of mails taken in."""
    settings, mailbox = queries.settings_row("email"), Mailbox.objects.first()
    if mailbox is None:
        return 0
    if settings is None or settings.config.get("receiving") != setup.IMAP:
        mailbox.delete()
        return 0
    if not settings.enabled:
        # How far it was read stays, so that what comes meanwhile is read once it is switched on again.
        _note(mailbox, next_at=timezone.now() + EVERY * PACE, told_at=None, **WELL)
        return 0
    try:
        count, more = _read(settings, mailbox)
    except imap.Trouble as trouble:
        _rest(mailbox, trouble)
        return 0
    _note(mailbox, checked_at=timezone.now(), next_at=timezone.now() + (timedelta() if more else EVERY * PACE), **WELL)
    return count


def _note(mailbox: Mailbox, **values) -> None:
    for name, value in values.items():
        setattr(mailbox, name, value)
    Mailbox.objects.filter(pk=mailbox.pk).update(**values)


def _rest(mailbox: Mailbox, trouble: imap.Trouble) -> None:
    """Leave a server alone that does not do what it should, longer each time."""
    log.info("mailbox cannot be read", reason=trouble.reason, failures=mailbox.failures + 1)
    pause = RESTS[min(mailbox.failures, len(RESTS) - 1)] * PACE
    _note(
        mailbox, failures=mailbox.failures + 1, problem=trouble.reason, detail=trouble.detail,
        problem_since=mailbox.problem_since or timezone.now(), next_at=timezone.now() + pause,
    )  # fmt: skip


def _read(settings: ChannelSettings, mailbox: Mailbox) -> tuple[int, bool]:
    """How many mails were taken in, and whether there are more. Raises Trouble."""
    after = settings.config.get("imap_after") or setup.SEEN
    until = time.monotonic() + TURN_SECONDS
    count = 0
    with imap.opened(server_of(settings), readonly=after == setup.KEEP) as folder:
        uids = _new(settings, mailbox, folder)
        for uid in uids[:BATCH]:
            if time.monotonic() > until:
                break
            _take(folder, uid)
            _note(mailbox, uid=uid, taken=mailbox.taken + 1)
            _settle(settings, folder, uid, after)
            count += 1
            jobs.keep_alive(progressed=True)
    return count, count < len(uids)


def _new(settings: ChannelSettings, mailbox: Mailbox, folder: imap.Folder) -> list[int]:
    """The numbers of what is to be read; what was there before the mailbox was set up is not."""
    identity = _identity(settings)
    if mailbox.identity != identity:
        _note(mailbox, identity=identity, validity=folder.validity, uid=folder.newest(), checked_at=timezone.now())
        return []
    if mailbox.validity != folder.validity:
        day = ((mailbox.checked_at or timezone.now()) - BEFORE).date()
        found = folder.since(day)
        # Anew from the first of these; what was read under its former number is known by its bytes.
        _note(mailbox, validity=folder.validity, uid=(found[0] if found else folder.newest() + 1) - 1)
        return found
    return folder.after(mailbox.uid)


def _take(folder: imap.Folder, uid: int) -> None:
    """Write one mail down; one that is gone by now is none."""
    size = folder.size(uid)
    if size is None:
        return
    account = account_in_context()
    if size > LARGEST:
        arrived(account, "email", f"imap:{folder.validity}:{uid}", payload={"size": size})
        return
    path = blobs.scratch() / f"mail-{secrets.token_hex(16)}"
    try:
        digest = folder.download(uid, size, path)
        arrived(account, "email", f"imap:{digest}", raw=path)
    finally:
        path.unlink(missing_ok=True)


def _settle(settings: ChannelSettings, folder: imap.Folder, uid: int, after: str) -> None:
    """Mark or move what was written down; a refusal to do so is no reason to read it again, nor to stop."""
    try:
        if after == setup.SEEN:
            folder.seen(uid)
        elif after == setup.MOVE:
            folder.move(uid, settings.config.get("imap_moved_to", ""))
    except imap.Refusal:
        log.info("mailbox keeps a mail where it is", after=after)
