"""Conversations for the access matrix: whoever of the team sees the client; the client its own words, never a note."""

from frontdesk.channels.models import Dispatch
from frontdesk.conversations import actions, reaching
from frontdesk.conversations.models import Conversation
from frontdesk.conversations.opening import conversation_with
from frontdesk.conversations.saved.actions import SavedInput, add_reply
from frontdesk.core.tenancy.context import account_context
from frontdesk.messaging.actions import post
from frontdesk.messaging.actions.posting import MessageInput

from ..cast import Cast
from .objects import VARIANTS, Variant, admin_of, client_of, kind, portal_member_of, server_of
from .people import Persona

TEAM = ("admin", "staff", "coworker")


def _team(persona: Persona) -> str:
    return "ok" if persona.sees and persona.role in TEAM else "404"


def _conversation(cast: Cast) -> Conversation:
    """The conversation, made once for a cast."""
    if "conversation" not in cast.__dict__:
        with account_context(cast.account):
            cast.__dict__["conversation"] = conversation_with(client_of(cast))
    return cast.__dict__["conversation"]


@kind("conversation", _team)
def _made(cast: Cast) -> dict:
    return {"conversation_id": _conversation(cast).pk}


@kind("conversation_thread", _team)
def _thread(cast: Cast) -> dict:
    return {"thread_id": _conversation(cast).thread_id}


def _both_sides(persona: Persona, right: str) -> str:
    """Who reads what is said with a client: the team, and its own people but for guests. It has no room's page."""
    if not persona.sees or persona.role == "guest":
        return "404"
    return "ok"


def _notes(persona: Persona, right: str) -> str:
    return _team(persona)


def _said(cast: Cast) -> dict:
    with account_context(cast.account):
        made = post(portal_member_of(cast), _conversation(cast).thread, MessageInput("Planted question"))
    return {"message_id": made.pk}


def _noted(cast: Cast) -> dict:
    with account_context(cast.account):
        made = actions.note(server_of(cast), _conversation(cast), MessageInput("Planted note"))
    return {"message_id": made.pk}


VARIANTS.setdefault("message", {}).update(
    {"own, of a conversation": Variant(_said, _both_sides), "own, a note": Variant(_noted, _notes)}
)


def _shared_reply(cast: Cast) -> dict:
    with account_context(cast.account):
        made = add_reply(admin_of(cast), SavedInput("Planted reply", "Hello {client}", shared=True))
    return {"saved_reply_id": made.pk}


@kind("saved_reply", lambda persona: "ok" if persona.role in TEAM else "404")
def _saved(cast: Cast) -> dict:
    return _shared_reply(cast)


@kind("own_saved_reply", lambda persona: "403" if persona.role == "coworker" else "ok")
def _saved_for_everybody(cast: Cast) -> dict:
    return _shared_reply(cast)


@kind("client_message", _team)
def _message_of_client(cast: Cast) -> dict:
    return _said(cast)


@kind("failed_message", _team)
def _failed(cast: Cast) -> dict:
    with account_context(cast.account):
        way = next(one for one in reaching.ways(_conversation(cast)) if one.channel.send)
        typed = MessageInput("Planted answer", details={"way": way.value})
        made = actions.reply(server_of(cast), _conversation(cast), typed)
        Dispatch.objects.filter(cause_id=made.pk).update(state="failed")
    return {"message_id": made.pk}


@kind("offered_reply", _team)
def _offered(cast: Cast) -> dict:
    return {"conversation_id": _conversation(cast).pk, **_shared_reply(cast)}
