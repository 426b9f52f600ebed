"""What can be done with the help."""

from django.db import transaction
from django.utils import timezone

from frontdesk.activity.spine import record
from frontdesk.core.checks import Errors

from . import access, permissions
from .models import Answer
from .texts import Topic

LONGEST_COMMENT = 500


def answer(actor, topic: Topic, helpful: bool, comment: str = "") -> Answer:
    """Say whether a topic that `access.get_topic` gave was of use; a second answer replaces the first."""
    access.require(actor, permissions.ANSWER)
    errors = Errors()
    said = errors.line("comment", comment, LONGEST_COMMENT)
    errors.raise_any()
    values = {"helpful": helpful, "comment": said, "at": timezone.now()}
    with transaction.atomic():
        key = {"account_id": actor.account_id, "topic": topic.key, "member_id": actor.id}
        made, _new = Answer.objects.update_or_create(**key, defaults=values)
        record(actor, "help.answered", subject_id=made.pk, data={"topic": topic.key, "helpful": helpful})
    return made
