"""The two kinds of threads of a conversation: what is said with the client, and the notes of the team."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from frontdesk.accounts.models import Member, Role
from frontdesk.accounts.queries import not_switched_off
from frontdesk.clients import access as clients
from frontdesk.clients.following import queries as following
from frontdesk.clients.following.models import What
from frontdesk.clients.models import Assignment, Client, ClientAccess
from frontdesk.core.permissions import TEAM
from frontdesk.core.tenancy.context import current_account_id
from frontdesk.core.text import gettext as _
from frontdesk.messaging.access import open_clients
from frontdesk.messaging.kinds import Standing, ThreadKind, Title
from frontdesk.messaging.models import Thread
from frontdesk.teams.models import TeamMember

from . import access, permissions, replying, traces
from .assigning import there_for, who_can_have
from .models import NOTES, PUBLIC, Conversation
from .opening import begin_with

SEEN = (
    "EXISTS (SELECT 1 FROM messaging_thread t WHERE t.id = m.thread_id AND t.account_id = %s AND t.kind = %s{narrowed})"
)


def _of_conversation(thread: Thread) -> Conversation:
    found = getattr(thread, "known_conversation", None)
    if found is None:
        found = Conversation.objects.get(Q(thread_id=thread.pk) | Q(notes_id=thread.pk))
        thread.known_conversation = found
    return found


def _in_portal(actor) -> list[UUID]:
    """The clients whose conversations a portal member reads: guests take part in rooms only."""
    return open_clients(actor) if actor.role == Role.CLIENT else []


def _of_team(actor, kind: str) -> QuerySet[Thread]:
    """The threads of a kind that belong to clients whom a member of the team sees."""
    found, ids = Thread.objects.filter(kind=kind), clients.visible_client_ids(actor)
    return found if ids is None else found.filter(client_id__in=ids)


def own(actor) -> QuerySet[Thread]:
    """The threads with clients that the actor may read."""
    if actor.is_portal:
        return Thread.objects.filter(kind=PUBLIC, client_id__in=_in_portal(actor))
    return _of_team(actor, PUBLIC)


def own_notes(actor) -> QuerySet[Thread]:
    """The threads of notes that the actor may read: the team's alone."""
    return _of_team(actor, NOTES) if actor.is_team else Thread.objects.none()


def _closed(thread: Thread) -> str:
    return access.why_closed(_of_conversation(thread))


def standing(actor, thread: Thread) -> Standing | None:
    """How somebody stands to what is said with a client; the team writes only with the right to answer."""
    if actor.is_portal:
        return Standing(_closed(thread)) if thread.client_id in _in_portal(actor) else None
    return notes_standing(actor, thread)


def notes_standing(actor, thread: Thread) -> Standing | None:
    """How a member of the team stands to a thread of a conversation."""
    if not access.team_sees(actor, thread) or not actor.may(permissions.VIEW):
        return None
    if not actor.may(permissions.REPLY):
        return Standing(_("You may read this conversation, not write in it."))
    return Standing(_closed(thread))


def team(thread: Thread) -> QuerySet[Member]:
    """The team's members who see the client."""
    if thread.client_id is None:
        return not_switched_off().none()
    seeing = access.who_see(thread.client_id, not_switched_off().filter(role__in=TEAM))
    return not_switched_off().filter(pk__in=[one.pk for one in seeing])


def _own_people(thread: Thread) -> QuerySet[Member]:
    """Those who sign in for the client."""
    rows = ClientAccess.objects.filter(client_id=thread.client_id)
    return not_switched_off().filter(role=Role.CLIENT, pk__in=rows.values("member_id"))


def people(thread: Thread) -> QuerySet[Member]:
    """Who takes part: the team's members who see the client, and the client's own people."""
    return team(thread) | _own_people(thread)


def told(thread: Thread) -> Iterable[UUID]:
    """The client's own people; the team is told by a kind of its own (`notices.py`)."""
    return _own_people(thread).values_list("pk", flat=True)


def nobody(thread: Thread) -> Iterable[UUID]:
    """Of notes only those are told whom they mention."""
    return ()


def _meant(conversation: Conversation) -> Iterator[Iterable[UUID]]:
    """Whose a conversation without assignee may be: the team it was given to, those who serve the client, the office
    that follows its chat."""
    if conversation.team_id:
        yield TeamMember.objects.filter(team_id=conversation.team_id).values_list("member_id", flat=True)
    yield Assignment.objects.filter(client_id=conversation.client_id).values_list("member_id", flat=True)
    yield following.followers(conversation.client_id, What.CHAT).values_list("member_id", flat=True)


def responsible(conversation: Conversation) -> set[UUID]:
    """Who of the team is told of a client's message: the assignee (their deputy while they are away and that one is
    there), else the first of those it may be whose it can be, else all admins."""
    own = who_can_have(conversation, filter(None, [conversation.assignee_id]))
    if own:
        return set(there_for(conversation, own) or own)
    found = next(filter(None, (who_can_have(conversation, ids) for ids in _meant(conversation))), [])
    return set(found or not_switched_off().filter(role=Role.ADMIN).values_list("pk", flat=True))


def _title(actor, thread: Thread, name: str) -> Title:
    if actor.is_portal:
        return Title(actor.account.name, "", "inbox", _("By e-mail, SMS and here"))
    text = _("Notes") if thread.kind == NOTES else _("Conversation")
    return Title(name, str(thread.client_id), text=text)


def titles(actor, threads: list[Thread]) -> dict[UUID, Title]:
    """To the team a conversation is the client's, to the client it is the business's."""
    ids = [thread.client_id for thread in threads if thread.client_id]
    names = dict(Client.objects.filter(pk__in=ids).values_list("pk", "name")) if actor.is_team else {}
    return {
        thread.pk: _title(actor, thread, names.get(thread.client_id, "") if thread.client_id else "")
        for thread in threads
    }


def _stored(value: UUID):
    return Thread._meta.pk.get_db_prep_value(value, connection)


def _seen(actor, kind: str) -> tuple[str, list] | None:
    """The condition that a message is of a conversation that a member of the team sees."""
    if not actor.may(permissions.VIEW):
        return None
    values = [_stored(current_account_id()), kind]
    if clients.visible_client_ids(actor) is None:
        return SEEN.format(narrowed=""), values
    served = "SELECT a.client_id FROM clients_assignment a WHERE a.account_id = %s AND a.member_id = %s"
    return SEEN.format(narrowed=f" AND t.client_id IN ({served})"), [*values, values[0], _stored(actor.id)]


def found(actor) -> tuple[str, list] | None:
    """What a search covers of what is said with clients."""
    if not actor.is_portal:
        return _seen(actor, PUBLIC)
    ids = [_stored(client_id) for client_id in _in_portal(actor)]
    if not ids:
        return None
    own_clients = f" AND t.client_id IN ({', '.join(['%s'] * len(ids))})"
    return SEEN.format(narrowed=own_clients), [_stored(current_account_id()), PUBLIC, *ids]


def found_notes(actor) -> tuple[str, list] | None:
    """What a search covers of notes."""
    return _seen(actor, NOTES) if actor.is_team else None


def followed(actor) -> QuerySet[Thread]:
    """Portal people are told of their conversations wherever they are, the team by the inbox."""
    return own(actor) if actor.is_portal else Thread.objects.none()


def no_threads(actor) -> QuerySet[Thread]:
    """Nobody is told of notes wherever they are."""
    return Thread.objects.none()


def beside_rooms(actor, open_to: list[UUID]) -> QuerySet[Thread]:
    """The conversations of a portal member, among their rooms."""
    current = Conversation.objects.filter(client_id__in=open_to, former=False)
    said = Q(last_number__gt=0) | Q(pk__in=current.values("thread_id"))
    found = Thread.objects.filter(said, kind=PUBLIC, client_id__in=open_to)
    return found if actor.role == Role.CLIENT else found.none()


def _page(actor) -> str:
    return "messaging:thread" if actor.is_portal else "conversations:of_thread"


CONVERSATION = ThreadKind(
    PUBLIC, own, standing, people, told, titles, found, followed, beside_rooms, begin_with, _page, replying.posted,
    traces.fixed, traces.traces,
)  # fmt: skip
TEAM_NOTES = ThreadKind(
    NOTES,
    own_notes,
    notes_standing,
    team,
    nobody,
    titles,
    found_notes,
    no_threads,
    page=_page,
    posted=replying.noted,
    traces=traces.inside,
)
