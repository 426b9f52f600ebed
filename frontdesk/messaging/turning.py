"""What a message can become: a note today, and whatever higher domains register.

What it became is kept with the message and shown beside it to the team, never in the portal.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from frontdesk.accounts.models import Member
from frontdesk.clients import access as clients
from frontdesk.clients.actions import add_note
from frontdesk.clients.permissions import NOTE
from frontdesk.core.errors import Conflict, Forbidden, Missing
from frontdesk.core.registry import Registry
from frontdesk.core.text import gettext as _
from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.files.queries import files_at
from frontdesk.ui import formats
from frontdesk.ui.jinja import url

from .access import require
from .kinds import Standing
from .models import Message, Thread
from .permissions import TURN
from .telling import tell_thread

LONGEST_TEXT = 19_000


@dataclass(frozen=True)
class Turning:
    """One thing that a message can become: `label` offers it, `became` says that it is there.

    `may(actor, message, thread)` decides for whom. `make(actor, message, thread)` does it at once, in the caller's
    transaction, and gives the new thing's id; a kind with a `page` is made there instead: the name of an address that
    takes `?message=`, whose action then calls `turned`. `href(thing_id, client_id)` leads to what was made.
    """

    key: str
    label: Any
    became: Any
    icon: str
    may: Callable[[Any, Message, Thread], bool]
    href: Callable[[UUID, UUID | None], str]
    make: Callable[[Any, Message, Thread], UUID] | None = None
    page: str = ""
    order: int = 100


turnings: Registry[Turning] = Registry("turning of messages")


def offered(actor, message: Message, thread: Thread, standing: Standing) -> list[Turning]:
    """What the actor may make of a message; nothing of one that is deleted or that they only oversee."""
    if not actor.may(TURN) or standing.oversees or message.deleted_at is not None:
        return []
    return [one for one in turnings if one.may(actor, message, thread)]


def turned(actor, message: Message, thread: Thread, key: str, thing_id: UUID) -> None:
    """Keep what a message became, in the transaction that made it; open pages of the team show it."""
    ids = {"id": thing_id, "client": thread.client_id, "by": actor.id}
    entry = {"key": key, "at": timezone.now().isoformat()} | {name: str(pk) for name, pk in ids.items() if pk}
    message.turned = [*message.turned, entry]
    message.save(update_fields=["turned"])
    tell_thread(thread, "changed", message=message)


def turn(actor, message: Message, thread: Thread, standing: Standing, key: str) -> UUID:
    """Make something of a message that `access.get_message` gave; done before, the former thing is given again.

    Raises Missing for what is not offered, Forbidden, Conflict for a deleted message.
    """
    require(actor, TURN)
    if standing.oversees:
        raise Forbidden("thread")
    if message.deleted_at is not None:
        raise Conflict(_("This message was deleted."))
    turning = next((one for one in offered(actor, message, thread, standing) if one.key == key), None)
    if turning is None or turning.make is None:
        raise Missing("turning")
    with transaction.atomic():
        held = Message.objects.select_for_update(of=("self",)).select_related("author").get(pk=message.pk)
        former = next((entry["id"] for entry in held.turned if entry["key"] == key), None)
        if former is not None:
            return UUID(former)
        made = turning.make(actor, held, thread)
        turned(actor, held, thread, key, made)
    return made


def _may_note(actor, message: Message, thread: Thread) -> bool:
    """Whoever may write notes about the client whom the thread is about."""
    if thread.client_id is None or not actor.may(NOTE):
        return False
    try:
        clients.get_client(actor, thread.client_id, NOTE)
    except (Missing, Forbidden):
        return False
    return True


def _source(message: Message) -> str:
    writer = Member.objects.filter(pk=message.author_id).values_list("name", flat=True).first() or message.signed
    when, link = formats.date_time(message.posted_at), settings.PUBLIC_URL + url("messaging:go", message.pk)
    return _("%(name)s wrote this, %(when)s: %(link)s", name=writer or "Frontdesk", when=when, link=link)


def _note(actor, message: Message, thread: Thread) -> UUID:
    """A note about the client: what was said, its files by name, by whom and when, and where to find it."""
    names = ", ".join(file.name for file in files_at("message", [message.pk]).get(message.pk, []))
    parts = [message.body[:LONGEST_TEXT], _("Files: %(names)s", names=names[:500]) if names else "", _source(message)]
    if thread.client_id is None:
        raise Missing("client")
    client = clients.get_client(actor, thread.client_id, NOTE)
    return add_note(actor, client, "\n\n".join(part for part in parts if part)).pk


def _client_page(thing_id: UUID, client_id: UUID | None) -> str:
    return url("clients:show", client_id)


def register() -> None:
    """Called once at start-up."""
    note = Turning(
        "note", _lazy("Make a note"), _lazy("Note about %(the_client)s"), "notes", _may_note, _client_page, _note,
        order=10,
    )  # fmt: skip
    turnings.register(note.key, note)
