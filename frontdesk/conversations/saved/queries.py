"""Reads of saved replies: the list, and what is offered while one writes."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Case, IntegerField, QuerySet, Value, When

from frontdesk.clients.access import clients_for
from frontdesk.clients.models import Client, ContactPoint
from frontdesk.core import paging
from frontdesk.core.fold import fold

from ..models import Conversation
from ..placeholders import Filled, Occasion, fill, fill_all
from .access import replies_for
from .models import SavedReply

OFFERED = 50
LONGEST_QUERY = 200


@dataclass(frozen=True)
class Offer:
    """A saved reply with its text as it would be for this client."""

    reply: SavedReply
    filled: Filled


def _found(actor, query: str) -> QuerySet[SavedReply]:
    found = replies_for(actor)
    for word in fold(query[:LONGEST_QUERY]).lstrip("/").split()[:8]:
        found = found.filter(folded__contains=word)
    return found


def saved_replies(
    actor, *, query: str = "", language: str = "", after: str = "", limit: int = paging.LIMIT
) -> paging.Page:
    """A page of the replies that the actor may use, by name; raises Invalid for a bad cursor."""
    found = _found(actor, query).select_related("owner", "team")
    if language:
        found = found.filter(language__in=(language, ""))
    return paging.page(found, ["key", "id"], after=after, limit=limit)


def _ranked(found: QuerySet[SavedReply], query: str, language: str) -> QuerySet[SavedReply]:
    """The one whose shortcut was typed, then those in the client's language, the most used first."""
    typed = fold(query).lstrip("/").strip()
    rank = Case(
        *([When(shortcut=typed, then=Value(0))] if typed else []),
        When(language__in=(language, ""), then=Value(1)),
        default=Value(2), output_field=IntegerField(),
    )  # fmt: skip
    return found.annotate(rank=rank).order_by("rank", "-used", "key", "pk")


def _contact_of(conversation: Conversation, way: str) -> UUID | None:
    """The contact who gets what leaves by a way, as a form names it."""
    address = way.partition(":")[2]
    if not address:
        return None
    points = ContactPoint.objects.filter(normal=address, contact__client_id=conversation.client_id)
    return points.order_by("pk").values_list("contact_id", flat=True).first()


def _occasion(actor, conversation: Conversation, way: str) -> Occasion:
    return Occasion(actor, conversation.client, _contact_of(conversation, way))


def offer_of(actor, conversation: Conversation, reply: SavedReply, way: str = "") -> Offer:
    """One reply with its text for the client of a conversation."""
    return Offer(reply, fill(reply.text, _occasion(actor, conversation, way)))


@dataclass(frozen=True)
class Example:
    """A text as it would be for a client; `client` None when the actor sees none."""

    client: Client | None
    filled: Filled


def example(actor, text: str) -> Example:
    """A text that is being written, for the newest client whom the actor sees."""
    client = clients_for(actor).select_related("account").order_by("-id").first()
    return Example(client, fill(text, Occasion(actor, client)) if client else Filled(text))


def offered(actor, conversation: Conversation, *, way: str = "", query: str = "") -> list[Offer]:
    """What the actor may put into a message of a conversation, with the values filled in."""
    occasion = _occasion(actor, conversation, way)
    found = list(_ranked(_found(actor, query), query, occasion.language)[:OFFERED])
    filled = fill_all([one.text for one in found], occasion)
    return [Offer(reply, text) for reply, text in zip(found, filled, strict=True)]
