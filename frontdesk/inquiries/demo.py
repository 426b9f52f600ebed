"""A demo form, with two people who wrote by it."""

import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from frontdesk.accounts.mails import speaking
from frontdesk.activity.models import Activity
from frontdesk.clients.models import Client
from frontdesk.conversations.models import Conversation
from frontdesk.core.ids import uuid7_at
from frontdesk.core.registry import DemoFiller, demo_fillers
from frontdesk.core.tenancy.bulk import bulk_update
from frontdesk.messaging.models import Message

from . import actions
from .demo_words import WORDS
from .models import Inquiry

SET_UP = timedelta(days=1)


def _came(world, form, person: tuple[str, str, int, str], ago: timedelta) -> None:
    name, email, topic, message = person
    typed = actions.Typed(name, email, topic=form.topics[topic], message=message, agreed=True)
    with speaking(world.account, world.language):
        made = actions.send(world.account, form, actions.check(world.account, form, typed), uuid.uuid4())
    at = timezone.now() - ago
    Inquiry.objects.filter(pk=made.pk).update(at=at)
    conversation = Conversation.objects.get(client_id=made.client_id)
    Message.objects.filter(thread_id=conversation.thread_id).update(posted_at=at)
    Conversation.objects.filter(pk=conversation.pk).update(last_at=at, waiting_since=at)
    _date(Activity.objects.filter(client_id=made.client_id), at)
    Client.objects.filter(pk=made.client_id).update(created_at=at, updated_at=at)


def _date(happened: QuerySet, at: datetime) -> None:
    """Let the log say that it happened then, all within a moment."""
    ids = happened.order_by("id").values_list("pk", flat=True)
    millisecond = int(at.timestamp() * 1000)
    with transaction.atomic():
        bulk_update(Activity, ("id", "at"), [(uuid7_at(millisecond + place), at, pk) for place, pk in enumerate(ids)])


def fill(world) -> None:
    """Set up a form, and let two people write by it."""
    words = WORDS.get(world.language, WORDS["en"])
    form = actions.add_form(world.admin, actions.FormInput(words.name, topics=words.topics, photos=True))
    _date(Activity.objects.filter(subject_id=form.pk), timezone.now() - SET_UP)
    for number, person in reversed(list(enumerate(words.people))):
        _came(world, form, person, timedelta(minutes=40 + 190 * number))


def register() -> None:
    """Called once at start-up."""
    demo_fillers.register("inquiries", DemoFiller("inquiries", fill, order=1060))
