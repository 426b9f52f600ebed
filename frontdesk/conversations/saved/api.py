"""REST: saved replies."""

from uuid import UUID

from ninja import Query

from frontdesk.core.rest.answers import answer, no_content
from frontdesk.core.rest.operation import operation

from .. import permissions
from ..access import get_conversation, writable
from ..api import router
from ..placeholders import placeholders
from . import access, actions, queries, schemas
from .models import SavedReply
from .queries import Offer

ALL, ONE = "/saved-replies", "/saved-replies/{uuid:saved_reply_id}"
OF = "/conversations/{uuid:conversation_id}/saved-replies"
VIEW, EDIT = permissions.SAVED, permissions.SAVED_OWN
FIELDS = ("id", "name", "shortcut", "text", "language", "owner_id", "team_id", "used", "used_at")


def _out(reply: SavedReply) -> dict:
    return {name: getattr(reply, name) for name in FIELDS}


def _offer_out(offer: Offer) -> dict:
    return _out(offer.reply) | {"filled": offer.filled.text, "missing": list(offer.filled.missing)}


@operation(router, "GET", ALL, right=VIEW, answer=schemas.SavedReplyRows, summary="List saved replies")
def list_replies(request, query: Query[schemas.SavedQuery]):
    """Your own, and those for everybody or for your teams."""
    found = queries.saved_replies(
        request.actor, query=query.q, language=query.language, after=query.after, limit=query.limit
    )
    return answer({"data": [_out(reply) for reply in found.rows], "next": found.after})


@operation(
    router, "GET", ALL + "/placeholders", right=VIEW, answer=schemas.PlaceholderRows,
    summary="List the placeholders of saved replies",
)  # fmt: skip
def list_placeholders(request):
    """What may stand in braces."""
    return answer({"data": [{"key": one.key, "label": str(one.label)} for one in placeholders]})


@operation(
    router, "POST", ALL, right=EDIT, answer=schemas.SavedReplyOut, status=201, summary="Write a saved reply"
)  # fmt: skip
def add_reply(request, body: schemas.SavedReplyIn):
    """Of your own; `shared` asks for the right to write those for everybody."""
    return answer(_out(actions.add_reply(request.actor, actions.SavedInput(**body.model_dump()))), 201)


@operation(
    router, "GET", ONE, right=VIEW, obj="saved_reply", answer=schemas.SavedReplyOut, summary="Read a saved reply"
)  # fmt: skip
def get_reply(request, saved_reply_id: UUID):
    """One of them."""
    return answer(_out(access.get_reply(request.actor, saved_reply_id)))


@operation(
    router, "PATCH", ONE, right=EDIT, obj="own_saved_reply", answer=schemas.SavedReplyOut,
    summary="Change a saved reply",
)  # fmt: skip
def change_reply(request, saved_reply_id: UUID, body: schemas.SavedReplyPatch):
    """Your own, or a shared one."""
    found = access.editable(request.actor, saved_reply_id)
    kept = {
        "name": found.name, "text": found.text, "shortcut": found.shortcut, "language": found.language,
        "shared": found.owner_id is None, "team": found.team_id,
    }  # fmt: skip
    given = {
        name: value
        for name, value in body.model_dump(exclude_unset=True).items()
        if name == "team" or value is not None
    }
    return answer(_out(actions.change_reply(request.actor, found, actions.SavedInput(**{**kept, **given}))))


@operation(router, "DELETE", ONE, right=EDIT, obj="own_saved_reply", status=204, summary="Delete a saved reply")
def delete_reply(request, saved_reply_id: UUID):
    """For thirty days it can be brought back."""
    actions.delete_reply(request.actor, access.editable(request.actor, saved_reply_id))
    return no_content()


@operation(
    router, "POST", ONE + "/restore", right=EDIT, obj="own_saved_reply", answer=schemas.SavedReplyOut,
    summary="Bring a saved reply back",
)  # fmt: skip
def restore_reply(request, saved_reply_id: UUID):
    """Within thirty days after it was deleted."""
    found = access.restorable(request.actor, saved_reply_id)
    return answer(_out(actions.restore_reply(request.actor, found)))


@operation(
    router, "GET", OF, right=permissions.REPLY, obj="conversation", answer=schemas.OfferRows,
    summary="List saved replies for a conversation",
)  # fmt: skip
def list_offers(request, conversation_id: UUID, query: Query[schemas.OffersQuery]):
    """With the values of this client filled in."""
    found = get_conversation(request.actor, conversation_id, permissions.REPLY)
    offers = queries.offered(request.actor, found, way=query.way, query=query.q)
    return answer({"data": [_offer_out(offer) for offer in offers]})


@operation(
    router, "POST", OF + "/{uuid:saved_reply_id}/use", right=permissions.REPLY, obj="offered_reply",
    answer=schemas.OfferOut, summary="Use a saved reply",
)  # fmt: skip
def use_reply(request, conversation_id: UUID, saved_reply_id: UUID):
    """Counts that it was used, and gives its text for this client; nothing is sent."""
    found = writable(request.actor, conversation_id)
    reply = access.get_reply(request.actor, saved_reply_id)
    actions.note_use(request.actor, reply)
    reply.refresh_from_db()
    return answer(_offer_out(queries.offer_of(request.actor, found, reply)))
