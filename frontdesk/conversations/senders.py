"""Who wrote what arrived: clients by their addresses, and prospects for those who are nobody's contact yet."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from frontdesk.accounts.models import Account, System
from frontdesk.channels.registry import Incoming
from frontdesk.clients.actions import create_client
from frontdesk.clients.models import Client, Contact, ContactPoint, Status
from frontdesk.clients.values import ClientInput, ContactInput, PointInput
from frontdesk.core import emails, phones
from frontdesk.core.errors import Invalid
from frontdesk.core.tenancy.prepared import PreparedObjects

from .models import Conversation, Envelope


@dataclass(frozen=True)
class Sender:
    """Somebody who wrote, as they call themselves, with their addresses in normal form; "" for one they did not give.

    `language` is the one in which they wrote, where that is known; `channel` the one by which.
    """

    name: str
    email: str = ""
    phone: str = ""
    language: str = ""
    channel: str = ""

    @property
    def address(self) -> str:
        """The address by which they are known: the e-mail address if there is one."""
        return self.email or self.phone


def sender_of(incoming: Incoming) -> Sender:
    """Who sent what arrived."""
    email, phone = (incoming.sender, "") if incoming.channel == "email" else ("", incoming.sender)
    return Sender(incoming.sender_name.strip(), email, phone, channel=incoming.channel)


def _contacts(sender: Sender) -> QuerySet[Contact]:
    """The contacts who have every address that the sender gave."""
    found = Contact.objects.all()
    for kind, address in ((ContactPoint.Kind.EMAIL, sender.email), (ContactPoint.Kind.PHONE, sender.phone)):
        if address:
            points = ContactPoint.objects.filter(kind=kind, normal=address)
            found = found.filter(pk__in=points.values("contact_id"))
    return found if sender.address else Contact.objects.none()


def _with_address(kind: str, address: str) -> QuerySet[ContactPoint]:
    own = {"kind": kind, "normal": address}
    mine = Conversation.objects.filter(client_id=OuterRef("contact__client_id"), unconfirmed=True, former=False)
    beside = ContactPoint.objects.filter(contact_id=OuterRef("contact_id")).exclude(**own)
    wrote = Envelope.objects.filter(
        message__thread__client_id=OuterRef("contact__client_id"), outgoing=False, verified=True,
        address=address,
    )  # fmt: skip
    found = ContactPoint.objects.filter(**own).alias(claimed=Exists(mine))
    found = found.exclude(Q(claimed=True) & Exists(beside) & ~Exists(wrote))
    return found.order_by("claimed", "contact__client__status", "-contact__is_primary", "pk")[:1]


KNOWN = PreparedObjects(ContactPoint, {"contact": Contact, "contact__client": Client}, _with_address)


def known(sender: Sender) -> ContactPoint | None:
    """The contact with the sender's address, of one who is proven first, then of an active client before a prospect.

    Who is not proven to be who they say may have claimed this address beside one of their own. Such a contact takes
    in nothing from whoever really has it, unless they wrote there before.
    """
    kind = ContactPoint.Kind.EMAIL if sender.email else ContactPoint.Kind.PHONE
    return next(iter(KNOWN(str(kind), sender.address)), None)


def contact_of(client_id: UUID, sender: Sender) -> UUID | None:
    """The contact of a client that the sender is, by their addresses."""
    found = _contacts(sender).filter(client_id=client_id).order_by("-is_primary", "pk")
    return found.values_list("pk", flat=True).first()


def one_at_a_time(actor: System) -> None:
    """Wait for whoever else takes in a sender whom nobody knows, so that the second message finds the first one's."""
    Account.objects.select_for_update(no_key=True).filter(pk=actor.account_id).first()


def prospect_for(actor: System, sender: Sender, *, proven: bool) -> Client:
    """A prospect for a sender nobody knows, or for one who only says that they are somebody we know.

    Who wrote before and is still unproven has theirs already, and so has one whose address no contact can have.
    """
    one_at_a_time(actor)
    earlier = None if proven else _unconfirmed(sender)
    if earlier is None and not can_be_contact(sender, actor.account.country):
        earlier = _by_address(sender, proven)
    if earlier is not None:
        return earlier
    name = (sender.name or sender.address)[:160]
    emails, phones = ([PointInput(one)] if one else [] for one in (sender.email, sender.phone))
    try:
        contact = ContactInput(name, emails=emails, phones=phones)
        return create_client(actor, _client(name, sender, contact))
    except Invalid:
        # An address that no form would take: the message counts more than the address.
        return create_client(actor, _client(name, sender, None))


def _client(name: str, sender: Sender, contact: ContactInput | None) -> ClientInput:
    return ClientInput(name, status=Status.PROSPECT, language=sender.language, contact=contact)


def _unconfirmed(sender: Sender) -> Client | None:
    """The prospect that an earlier message of the same unproven sender made.

    Not where whoever really has the address wrote since: nobody else speaks there any more.
    """
    proven = Envelope.objects.filter(message__thread_id=OuterRef("thread_id"), outgoing=False, verified=True)
    mine = Conversation.objects.filter(unconfirmed=True, former=False, client__status=Status.PROSPECT)
    mine = mine.exclude(Exists(proven))
    found = _contacts(sender).filter(client_id__in=mine.values("client_id")).select_related("client")
    contact = found.order_by("-is_primary", "pk").first()
    return contact.client if contact else None


def can_be_contact(sender: Sender, country: str) -> bool:
    """Whether the sender's address is one that a contact can have; the names and short numbers of SMS are none."""
    try:
        kept = emails.parse(sender.email) if sender.email else phones.parse(sender.phone, country).e164
    except (emails.BadEmail, phones.BadPhone):
        return False
    return kept == sender.address


def _by_address(sender: Sender, proven: bool) -> Client | None:
    """The client as whom somebody with this address, just as proven, wrote last."""
    came = Envelope.objects.filter(contact=None, outgoing=False, channel=sender.channel, address=sender.address[:254])
    newest = came.filter(verified=proven).order_by("-pk").select_related("message__thread__client").first()
    return newest.message.thread.client if newest else None
