"""Who may see and handle which conversation: whoever of the team sees its client."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from frontdesk.accounts.models import Member
from frontdesk.clients import access as clients
from frontdesk.clients.models import Assignment, Client
from frontdesk.core.errors import Conflict, Forbidden, Missing
from frontdesk.core.tenancy.prepared import PreparedObjects
from frontdesk.core.text import gettext as _
from frontdesk.messaging.models import Message, Thread
from frontdesk.teams.models import Team

from . import permissions
from .models import Conversation


def require(actor, right: str) -> None:
    """Raise Forbidden unless the actor holds the right."""
    if not actor.may(right):
        raise Forbidden(right)


def conversations_for(actor) -> QuerySet[Conversation]:
    """The conversations that the actor sees: of the clients they see, for the team alone."""
    if not actor.is_team:
        return Conversation.objects.none()
    ids = clients.visible_client_ids(actor)
    return Conversation.objects.all() if ids is None else Conversation.objects.filter(client_id__in=ids)


LOADED = PreparedObjects(
    Conversation,
    {"client": Client, "thread": Thread, "notes": Thread, "assignee": Member, "team": Team, "handed_by": Member},
    lambda pk: Conversation.objects.filter(pk=pk),
)


def _sees(actor, client_id: UUID) -> bool:
    if not actor.is_team:
        return False
    ids = clients.visible_client_ids(actor)
    return ids is None or ids.filter(client_id=client_id).exists()


def who_see(client_id: UUID, members: Iterable[Member]) -> list[Member]:
    """Those of the members, loaded with their account, who see the conversation with a client, in their order."""
    team = [one for one in members if one.is_team]
    narrowed = {one.pk for one in team if not clients.sees_all(one)}
    serving = Assignment.objects.filter(client_id=client_id, member_id__in=narrowed)
    served = set(serving.values_list("member_id", flat=True)) if narrowed else set()
    return [one for one in team if one.pk not in narrowed or one.pk in served]


def get_conversation(actor, conversation_id: UUID, right: str = permissions.VIEW) -> Conversation:
    """One conversation with its client and threads; raises Missing, Forbidden."""
    found = next(iter(LOADED(conversation_id)), None)
    if found is None or not _sees(actor, found.client_id):
        raise Missing("conversation")
    require(actor, right)
    return found


def of_thread(actor, thread_id: UUID, right: str = permissions.VIEW) -> Conversation:
    """The conversation to which a thread belongs, as what is said or as its notes; raises Missing, Forbidden."""
    found = Conversation.objects.filter(Q(thread_id=thread_id) | Q(notes_id=thread_id)).values_list("pk", flat=True)
    return get_conversation(actor, found.first() or thread_id, right)


def of_message(actor, message_id: UUID, right: str = permissions.REPLY) -> tuple[Conversation, Message]:
    """A message with its conversation, which goes on; raises Missing, Forbidden, Conflict."""
    message = Message.objects.filter(pk=message_id).first()
    if message is None:
        raise Missing("message")
    found = of_thread(actor, message.thread_id, right)
    if reason := why_closed(found):
        raise Conflict(reason)
    return found, message


def why_closed(conversation: Conversation) -> str:
    """Why nothing can be written in a conversation any more, "" while it goes on."""
    if not conversation.former:
        return ""
    return _("This conversation is closed: %(the_client)s was merged with another one.")


def writable(actor, conversation_id: UUID, right: str = permissions.REPLY) -> Conversation:
    """A conversation that goes on; raises Missing, Forbidden, Conflict for a former one."""
    found = get_conversation(actor, conversation_id, right)
    if reason := why_closed(found):
        raise Conflict(reason)
    return found


def team_sees(actor, thread: Thread) -> bool:
    """Whether a member of the team sees the client of a conversation's thread."""
    return thread.client_id is not None and _sees(actor, thread.client_id)
