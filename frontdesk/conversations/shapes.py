"""Conversations as the API gives them."""

from frontdesk.messaging.queries import Line
from frontdesk.messaging.shapes import message_out

from .models import Conversation
from .queries import CoveredRow, Row
from .reaching import Way
from .traces import Travel

FIELDS = (
    "client_id", "thread_id", "notes_id", "state", "assignee_id", "team_id", "handed_by_id", "channel", "last_at",
    "waiting_since", "snoozed_until", "unconfirmed", "former",
)  # fmt: skip


def conversation_out(conversation: Conversation) -> dict:
    """A ConversationOut."""
    named = {"id": conversation.pk, "client_name": conversation.client.name}
    return named | {name: getattr(conversation, name) for name in FIELDS}


def row_out(row: Row) -> dict:
    """An InboxRow."""
    return conversation_out(row.conversation) | {"preview": row.preview, "unread": row.unread, "draft": row.draft}


def covered_out(row: CoveredRow) -> dict:
    """A CoveredOut."""
    kept, conversation = row.covered, row.conversation
    return {
        "id": kept.pk, "conversation": conversation.pk, "client_name": conversation.client.name,
        "deputy": kept.deputy_id, "handed_at": kept.handed_at, "ended_at": kept.ended_at, "returned": kept.returned,
        "state": conversation.state, "waiting_since": conversation.waiting_since, "answered_by": row.answered_by,
    }  # fmt: skip


def way_out(way: Way) -> dict:
    """A WayOut."""
    return {
        "way": way.value, "channel": way.channel.key, "address": way.reach.address, "label": way.label,
        "purpose": way.purpose, "refused": way.refused, "hint": way.hint,
    }  # fmt: skip


def _travel_out(travel: Travel) -> dict:
    return {
        "outgoing": travel.outgoing, "channel": travel.channel, "address": travel.address, "verified": travel.verified,
        "automatic": travel.automatic, "dispatch_id": travel.dispatch_id, "state": travel.state,
        "reason": travel.reason,
    }  # fmt: skip


def stream_out(conversation: Conversation, line: Line, travel: Travel | None) -> dict:
    """A StreamMessage."""
    made = message_out(line)
    made["internal"] = line.message.thread_id == conversation.notes_id
    made["travel"] = _travel_out(travel) if travel else None
    return made
