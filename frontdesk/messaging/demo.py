"""Demo conversations: the company room, two colleagues, and some clients with those who serve them."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from frontdesk.accounts.models import Role
from frontdesk.activity.models import Activity
from frontdesk.clients.models import Assignment, ClientAccess
from frontdesk.core.ids import uuid7_at
from frontdesk.core.registry import DemoFiller, demo_fillers
from frontdesk.core.tenancy.bulk import bulk_update

from . import access, actions
from .actions.posting import MessageInput
from .demo_words import BETWEEN, COMPANY, WITH_CLIENTS, Talk
from .models import Message, Thread
from .rooms.opening import client_rooms

MOST_CLIENTS = 8


def _talk(thread: Thread, people: dict, talk: Talk, began: timedelta) -> None:
    """Post a conversation that began a while ago, a few minutes between two messages."""
    at = timezone.now() - began
    for who, text in talk:
        if people.get(who) is None:
            continue
        fresh = access.writable(people[who], thread.pk)
        made = actions.post(people[who], fresh, MessageInput(text))
        at += timedelta(minutes=3)
        Message.objects.filter(pk=made.pk).update(posted_at=at)
    Thread.objects.filter(pk=thread.pk).update(last_at=at)


def _of(language: str, texts: dict):
    return texts.get(language, texts["en"])


def _with_clients(world) -> None:
    related = ("member__account", "member__user")
    serving = {row.client_id: row.member for row in Assignment.objects.select_related(*related)}
    portal = ClientAccess.objects.filter(member__role=Role.CLIENT).select_related(*related)
    own = {row.client_id: row.member for row in portal}
    chosen = sorted({*serving, *own}, key=lambda pk: (pk not in own, pk))[:MOST_CLIENTS]
    for number, (client_id, thread) in enumerate(sorted(client_rooms(chosen).items())):
        talks = _of(world.language, WITH_CLIENTS)
        people = {"t": serving.get(client_id, world.admin), "c": own.get(client_id) or world.admin}
        _talk(thread, people, talks[number % len(talks)], timedelta(hours=2 + 5 * number))


def _dated() -> None:
    """Let the log say that all of this happened when the messages say so."""
    said = {row.pk: (row.thread_id, row.posted_at) for row in Message.objects.all()}
    began: dict = {}
    for thread_id, at in sorted(said.values(), key=lambda pair: pair[1]):
        began.setdefault(str(thread_id), at - timedelta(minutes=1))
    rows = Activity.objects.filter(verb__in=["message.posted", "room.opened"]).values_list("pk", "subject_id", "data")
    moments = [(said[subject][1] if subject in said else began[data["thread"]], pk) for pk, subject, data in rows]
    moved = [(uuid7_at(int(at.timestamp() * 1000)), at, pk) for at, pk in sorted(moments)]
    with transaction.atomic():
        bulk_update(Activity, ("id", "at"), moved)


def fill(world) -> None:
    """Let the people of the demo write to each other."""
    team = [member for member in world.members if member.is_team]
    people = {"t": team[0], "o": team[1]}
    _with_clients(world)
    _talk(actions.open_direct(team[0], team[1].pk).thread, people, _of(world.language, BETWEEN), timedelta(minutes=50))
    _talk(actions.company_room(team[0]).thread, people, _of(world.language, COMPANY), timedelta(minutes=30))
    _dated()


def register() -> None:
    """Called once at start-up."""
    demo_fillers.register("messages", DemoFiller("messages", fill, order=1100))
