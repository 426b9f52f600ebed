"""Of two clients who become one: the kept one's conversation goes on, the other stays to be read.

What is still to be done in the other goes on with it. One in which nothing was said gives way.
"""

from typing import Any
from uuid import UUID

from django.utils import timezone

from frontdesk.clients.merging.registry import register_rule
from frontdesk.messaging.models import Thread
from frontdesk.undo.trees import note_deletion

from . import telling
from .models import Conversation, State

# The first of two states is that of both.
LIVELIEST = [State.OPEN, State.SNOOZED, State.CLOSED]


def _current(client_id: UUID) -> Conversation | None:
    """The conversation that goes on, held until the merge is done."""
    rows = Conversation.objects.select_for_update(of=("self",)).select_related("thread", "notes")
    return rows.filter(client_id=client_id, former=False).first()


def _merge(merge) -> None:
    kept, gone = _current(merge.kept.pk), _current(merge.gone.pk)
    if gone is not None and kept is None:
        _change(merge, gone, {"unconfirmed": False})
    elif gone is not None and kept is not None:
        goes_on, ends = (gone, kept) if _is_empty(kept) else (kept, gone)
        _change(merge, goes_on, _together(goes_on, ends))
        if ends is kept:
            _remove(merge, kept)
        else:
            _end(merge, gone)
    merge.move(Conversation, "client_id", Conversation.objects.filter(client_id=merge.gone.pk))


def _is_empty(conversation: Conversation) -> bool:
    return not (conversation.thread.last_number or conversation.notes.last_number)


def _change(merge, conversation: Conversation, values: dict[str, Any]) -> None:
    changes = {name: (getattr(conversation, name), value) for name, value in values.items()}
    merge.ledger.changed(merge.kept.pk, conversation, changes)
    for name, value in values.items():
        setattr(conversation, name, value)
    conversation.save(update_fields=list(values))
    telling.tell_inbox(conversation)


def _together(goes_on: Conversation, ends: Conversation) -> dict[str, Any]:
    """How the one that goes on stands with what is to be done in the other, which has it for nobody's deputy."""
    first, second = sorted((goes_on, ends), key=lambda one: LIVELIEST.index(State(one.state)))
    waiting = [one.waiting_since for one in (goes_on, ends) if one.waiting_since]
    newest = max((goes_on, ends), key=lambda one: one.last_at.timestamp() if one.last_at else 0.0)
    own = first if first.assignee_id or first.team_id else second
    held = own.pk == goes_on.pk
    return {
        "state": first.state, "snoozed_until": first.snoozed_until, "closed_at": first.closed_at,
        "waiting_since": min(waiting, default=None), "channel": newest.channel, "last_at": newest.last_at,
        "assignee_id": own.assignee_id if held else own.handed_by_id or own.assignee_id, "team_id": own.team_id,
        "handed_by_id": own.handed_by_id if held else None,
        "unconfirmed": goes_on.unconfirmed and ends.unconfirmed,
    }  # fmt: skip


def _remove(merge, empty: Conversation) -> None:
    threads = [empty.thread_id, empty.notes_id]
    note_deletion(merge.ledger, Thread, dict.fromkeys(threads, merge.kept.pk))
    Thread.objects.filter(pk__in=threads).delete()


def _end(merge, gone: Conversation) -> None:
    closed_at = gone.closed_at or timezone.now()
    ended = {"state": State.CLOSED.value, "waiting_since": None, "snoozed_until": None, "closed_at": closed_at}
    _change(merge, gone, {**ended, "former": True})


def register() -> None:
    """Called once at start-up."""
    register_rule("conversations.conversation", _merge)
