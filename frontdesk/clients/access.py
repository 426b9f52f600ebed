"""Who may see and change which client: the only place that decides."""

from uuid import UUID

from django.db.models import QuerySet

from frontdesk.accounts.models import Role
from frontdesk.core.errors import Forbidden, Missing, Moved
from frontdesk.core.tenancy.prepared import PreparedObjects

from . import grants, options, permissions
from .models import Address, Client, ClientAccess, Contact, MergedClient, Note

sees_all = grants.sees_all


def visible_client_ids(actor) -> QuerySet | None:
    """A queryset of the client ids that the actor may see; None when it is all of the account's."""
    if grants.sees_all(actor):
        return None
    return grants.rows_of(actor).objects.filter(member_id=actor.id).values("client_id")


def clients_for(actor) -> QuerySet[Client]:
    """The clients that the actor may see: office all, co-workers the assigned, portal members their own.

    A client whose status is inactive is out of its own people's sight, since it may not sign in.
    """
    ids = visible_client_ids(actor)
    if ids is None:
        return Client.objects.all()
    found = Client.objects.filter(id__in=ids)
    closed = grants.closed_to(actor)
    return found.exclude(status__in=closed) if closed else found


BY_ID = PreparedObjects(Client, {}, lambda client_id: Client.objects.filter(pk=client_id))


def _moved(actor, client_id: UUID) -> Moved | None:
    """Where a client went that was merged into one that the actor may see."""
    into = MergedClient.objects.filter(former=client_id).values("into_id")
    kept = clients_for(actor).filter(pk__in=into).values_list("pk", flat=True).first()
    return Moved("client", client_id, kept) if kept else None


def get_client(actor, client_id: UUID, right: str | None = None) -> Client:
    """One client; raises Missing when the actor may not see it, Forbidden when they lack `right`.

    Of one that was merged into another it is Moved, which says where.
    Of portal people a right may also be kept for this client alone (`options.py`).
    """
    if visible_client_ids(actor) is None:
        client = next(iter(BY_ID(client_id)), None)
    else:
        client = clients_for(actor).filter(pk=client_id).first()
    if client is None:
        raise _moved(actor, client_id) or Missing("client")
    require(actor, right or (permissions.VIEW if actor.is_team else permissions.PORTAL_VIEW), client)
    return client


def require(actor, right: str, client: Client | None = None) -> None:
    """Raise Forbidden unless the actor holds the right, for portal people at this client."""
    if not actor.may(right):
        raise Forbidden(right)
    if client is not None:
        options.require(actor, client, right)


def guests_right(actor) -> str:
    """The right that inviting guests takes: portal people have one of their own, which may be withheld."""
    return permissions.PORTAL_GUESTS if actor.is_portal else permissions.GUESTS


def guests_of(actor, client: Client) -> QuerySet[ClientAccess]:
    """The guests of a client that the actor has loaded, with member and user."""
    found = ClientAccess.objects.filter(client_id=client.pk, member__role=Role.GUEST)
    return found.select_related("member__user", "member__account")


def get_guest(actor, client: Client, member_id: UUID) -> ClientAccess:
    """One of them; raises Missing."""
    found = guests_of(actor, client).filter(member_id=member_id).first()
    if found is None:
        raise Missing("guest")
    return found


def get_contact(actor, client: Client, contact_id: UUID) -> Contact:
    """A contact of a client that the actor has loaded; raises Missing."""
    found = Contact.objects.filter(client_id=client.pk, pk=contact_id).first()
    if found is None:
        raise Missing("contact")
    return found


def get_address(actor, client: Client, address_id: UUID) -> Address:
    """An address of a client that the actor has loaded; raises Missing."""
    found = Address.objects.filter(client_id=client.pk, pk=address_id).first()
    if found is None:
        raise Missing("address")
    return found


def get_note(actor, client: Client, note_id: UUID) -> Note:
    """A note that the actor may change: their own, any for an admin; raises Missing or Forbidden."""
    found = Note.objects.filter(client_id=client.pk, pk=note_id).first()
    if found is None:
        raise Missing("note")
    if not actor.is_admin and found.author_id != actor.id:
        raise Forbidden("note")
    return found
