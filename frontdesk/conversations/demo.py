"""Demo conversations: some clients have written, by e-mail, SMS and in the portal; some wait for an answer."""

import uuid
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from frontdesk.accounts.models import System
from frontdesk.activity.models import Activity
from frontdesk.clients.models import Assignment, Client
from frontdesk.core.ids import uuid7_at
from frontdesk.core.registry import DemoFiller, demo_fillers
from frontdesk.core.tenancy.bulk import bulk_update
from frontdesk.messaging.actions import post
from frontdesk.messaging.actions.posting import MessageInput
from frontdesk.messaging.models import Message, Thread

from . import access, actions, reaching
from .demo_words import TALKS, Talk
from .models import Conversation, Envelope
from .opening import conversation_with

MOST = 12


def _write(world, conversation: Conversation, who: str, text: str, team) -> Message:
    key = uuid.uuid4()
    if who == "n":
        return actions.note(team, conversation, MessageInput(text, key=key))
    if who == "t":
        return actions.reply(team, conversation, MessageInput(text, key=key))
    client = conversation.client
    channel, address = ("sms", client.phone) if client.has_mobile else ("email", client.email)
    envelope = Envelope(outgoing=False, channel=channel, address=address)
    details = {"envelope": envelope}
    return post(
        System(world.account), conversation.thread, MessageInput(text, key=key, details=details, signed=client.name)
    )


def _talk(world, client: Client, talk: Talk, began: timedelta, team) -> None:
    at, conversation = timezone.now() - began, conversation_with(client)
    for who, text in talk if reaching.ways(conversation) else talk[:1]:
        with transaction.atomic():
            made = _write(world, access.get_conversation(world.admin, conversation.pk), who, text, team)
        at += timedelta(minutes=7)
        Message.objects.filter(pk=made.pk).update(posted_at=at)
    Thread.objects.filter(pk__in=(conversation.thread_id, conversation.notes_id)).update(last_at=at)
    Conversation.objects.filter(pk=conversation.pk).update(last_at=at)
    Conversation.objects.filter(pk=conversation.pk, waiting_since__isnull=False).update(waiting_since=at)


AFTER = {"conversation.opened": 0, "conversation.assigned": 1, "conversation.closed": 30}


def _dated() -> None:
    """Let the log say that the conversations were begun, given and closed when their messages say so."""
    moved = []
    for conversation in Conversation.objects.all():
        said = Message.objects.filter(thread_id=conversation.thread_id).order_by("number")
        times = list(said.values_list("posted_at", flat=True))
        if not times:
            continue
        first, last = times[0], times[-1]
        happened = Activity.objects.filter(subject_id=conversation.pk, client_id=conversation.client_id)
        for pk, verb in happened.values_list("pk", "verb"):
            at = (last if verb == "conversation.closed" else first) + timedelta(minutes=AFTER.get(verb, 1))
            moved.append((uuid7_at(int(at.timestamp() * 1000)), at, pk))
    with transaction.atomic():
        bulk_update(Activity, ("id", "at"), moved)


def fill(world) -> None:
    """Let clients write to the demo business."""
    talks = TALKS.get(world.language, TALKS["en"])
    reached = Client.objects.filter(status="active").exclude(email="", phone="").order_by("sort_key")
    serving = {
        row.client_id: row.member for row in Assignment.objects.select_related("member__account", "member__user")
    }
    for number, client in enumerate(reached[:MOST]):
        team = serving.get(client.pk, world.admin)
        _talk(world, client, talks[number % len(talks)], timedelta(hours=1 + 7 * number), team)
        if number % 4 == 3:
            actions.close(team, conversation_with(client))
    _dated()


def register() -> None:
    """Called once at start-up."""
    demo_fillers.register("conversations", DemoFiller("conversations", fill, order=1050))
