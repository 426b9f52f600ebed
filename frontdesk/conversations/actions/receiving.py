"""Taking in what arrives: which client wrote it, and into which conversation it goes."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import UUID

from django.core.files import File

from frontdesk.accounts.models import Account, System
from frontdesk.channels.registry import Incoming, InFile, Receipt
from frontdesk.clients.models import Contact
from frontdesk.core.errors import Invalid
from frontdesk.core.tenancy.prepared import Prepared
from frontdesk.core.text import gettext as _
from frontdesk.files import actions as files
from frontdesk.messaging.actions import post
from frontdesk.messaging.actions.posting import MOST_FILES, MessageInput
from frontdesk.messaging.models import Message
from frontdesk.messaging.models.threads import LONGEST_BODY

from .. import senders
from ..models import LONGEST_QUOTE, Conversation, Envelope
from ..opening import conversation_with, current
from ..senders import Sender

TAKEN = Prepared(
    lambda arrival: Envelope.objects.filter(arrival=arrival).order_by("pk").values_list("message__thread__client_id")
)
NAME = Prepared(lambda contact_id: Contact.objects.filter(pk=contact_id).values_list("name"))


@dataclass(frozen=True)
class Words:
    """What a message says: its text, the name under it, and the stored files that came with it."""

    text: str
    signed: str
    files: Iterable[UUID] = field(default_factory=tuple)


def receive(account: Account, incoming: Incoming) -> Receipt:
    """Put a message that arrived into its conversation, in the caller's transaction; once, however often it is given.

    What provably answers a conversation goes there. Otherwise a verified sender decides; whoever is not verified, or
    not known, gets a prospect of their own, so that nobody reaches another client's conversation by a forged address.
    """
    if known := TAKEN(incoming.arrival_id):
        return Receipt(known[0][0])
    actor = System(account)
    conversation, contact_id = _conversation(actor, incoming)
    incoming = replace(incoming, verified=incoming.verified and _belongs(actor, incoming, contact_id))
    stored, refused = _stored(actor, incoming.files)
    words = Words(_body(incoming, refused), _signed(incoming, contact_id), stored)
    take(actor, conversation, _envelope(incoming, contact_id), words)
    return Receipt(conversation.client_id)


def take(actor: System, conversation: Conversation, envelope: Envelope, words: Words) -> Message:
    """Say in a conversation what came, in the caller's transaction, and have somebody answer it.

    What is automatic opens nothing and is given to nobody.
    """
    typed = MessageInput(
        words.text[:LONGEST_BODY], files=tuple(words.files), key=envelope.arrival, details={"envelope": envelope},
        signed=words.signed[:160], plain=True,
    )  # fmt: skip
    return post(actor, conversation.thread, typed)


def unproven(actor: System, sender: Sender) -> tuple[Conversation, UUID | None]:
    """The conversation with a prospect for somebody who only says who they are, and the contact that they are there."""
    made = senders.prospect_for(actor, sender, proven=False)
    return conversation_with(made, unconfirmed=True), senders.contact_of(made.pk, sender)


def _conversation(actor: System, incoming: Incoming) -> tuple[Conversation, UUID | None]:
    """Where the message goes, and which contact wrote it."""
    sender = senders.sender_of(incoming)
    if incoming.conversation is not None and (found := _answered(incoming.conversation)):
        return found, senders.contact_of(found.client_id, sender)
    if not incoming.verified:
        return unproven(actor, sender)
    point = senders.known(sender)
    if point is None:
        senders.one_at_a_time(actor)
        point = senders.known(sender)
    if point is not None:
        return conversation_with(point.contact.client), point.contact_id
    made = senders.prospect_for(actor, sender, proven=True)
    return conversation_with(made), senders.contact_of(made.pk, sender)


def _belongs(actor: System, incoming: Incoming, contact_id: UUID | None) -> bool:
    """Whether the sender speaks for the client; who answers with an address that no contact has any more does not."""
    sender = senders.sender_of(incoming)
    return contact_id is not None or not senders.can_be_contact(sender, actor.account.country)


def _answered(conversation_id: UUID) -> Conversation | None:
    """The conversation that a message answers; of one whose client was merged, that of the client it became."""
    found = Conversation.objects.filter(pk=conversation_id).select_related("client", "thread", "notes").first()
    if found is not None and found.former:
        return current(found.client_id) or found
    return found


def _envelope(incoming: Incoming, contact_id: UUID | None) -> Envelope:
    return Envelope(
        outgoing=False, channel=incoming.channel, address=incoming.sender[:254], contact_id=contact_id,
        subject=incoming.subject[:400], arrival=incoming.arrival_id, verified=incoming.verified,
        automatic=incoming.automatic, quoted=incoming.quoted[:LONGEST_QUOTE],
    )  # fmt: skip


def _signed(incoming: Incoming, contact_id: UUID | None) -> str:
    """The contact's name; of a sender who is none what they call themselves."""
    known = NAME(contact_id) if contact_id else []
    return (known and known[0][0]) or incoming.sender_name.strip() or incoming.sender


def _body(incoming: Incoming, refused: list[str]) -> str:
    """What it says; a message without text is known by its subject."""
    text = incoming.text.strip() or incoming.subject.strip() or ("" if incoming.files else _("(No text)"))
    if refused:
        text += "\n\n" + _("Left out: %(names)s", names=", ".join(refused))
    if not text.strip() and len(refused) == len(incoming.files):
        text = _("(No text)")
    return text


def _stored(actor: System, came: list[InFile]) -> tuple[list[UUID], list[str]]:
    """The files that the account takes, and the names of those that it does not."""
    stored: list[UUID] = []
    refused: list[str] = []
    for file in came:
        try:
            if len(stored) >= MOST_FILES:
                raise Invalid({"files": []})
            stored.append(_store(actor, file.path, file.name).pk)
        except Invalid:
            refused.append(file.name)
    return stored, refused


def _store(actor: System, path: Path, name: str):
    with path.open("rb") as content:
        return files.receive(actor, File(content, name=name))
