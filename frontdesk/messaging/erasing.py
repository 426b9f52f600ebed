"""What was said with a client goes with it: its rooms, and the direct conversations of those who signed in for it."""

from uuid import UUID

from django.db.models import QuerySet

from frontdesk.clients.models import Client, ClientAccess
from frontdesk.clients.personal.registry import PersonalPart, personal_parts
from frontdesk.files import actions as files

from . import text_index
from .models import Draft, Message, RoomMember, Thread


def _direct(client: Client) -> QuerySet:
    """The threads of those who sign in for this client alone, and are forgotten with it."""
    people = set(ClientAccess.objects.filter(client_id=client.pk).values_list("member_id", flat=True))
    others = ClientAccess.objects.filter(member_id__in=people).exclude(client_id=client.pk)
    leaving = people - set(others.values_list("member_id", flat=True))
    return RoomMember.objects.filter(member_id__in=leaving).values("room__thread_id")


def _erase(actor, client: Client, _ids: list[UUID]) -> None:
    """Texts, files and what search knows of them; the client's own threads then go with its row."""
    own = set(Thread.objects.filter(client_id=client.pk).values_list("pk", flat=True))
    direct = set(Thread.objects.filter(pk__in=_direct(client)).values_list("pk", flat=True))
    messages = Message.objects.filter(thread_id__in=own | direct)
    text_index.forget(messages.values_list("document", "folded"))
    files.discard(actor, "message", messages.values_list("pk", flat=True))
    drafts = Draft.objects.filter(thread_id__in=own | direct)
    files.discard(actor, "draft", drafts.values_list("pk", flat=True))
    Thread.objects.filter(pk__in=own | direct).delete()


def register() -> None:
    """Called once at start-up."""
    personal_parts.register("messages", PersonalPart(erase=_erase))
