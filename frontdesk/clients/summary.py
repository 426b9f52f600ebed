"""What a client's row and the search index repeat of its contacts, kept true after every change."""

from collections import defaultdict
from uuid import UUID

from django.db.models import OuterRef, Subquery

from frontdesk.core.fold import fold
from frontdesk.core.phones import digits
from frontdesk.core.tenancy.bulk import bulk_update
from frontdesk.search import index as search_index
from frontdesk.search.index import Findable

from .custom.values import fields_in_use, words_of
from .models import Assignment, Client, ClientAccess, ClientTag, Contact, ContactPoint, CustomField

KIND = "client"


def _points(client: Client) -> list[tuple]:
    """(contact is primary, kind, value, is mobile) of every address and number, the primary contact's first."""
    rows = ContactPoint.objects.filter(contact__client_id=client.pk).order_by("-contact__is_primary", "id")
    return list(rows.values_list("contact__is_primary", "kind", "value", "is_mobile"))


def _first(points: list[tuple], kind: str) -> str:
    return next((value for primary, point_kind, value, _mobile in points if primary and point_kind == kind), "")


def findable(
    client: Client, contact_names: list[str], points: list[tuple], fields: list[CustomField] | None = None
) -> Findable:
    """How the client is found: by any part of its name, its contacts' names, addresses and numbers, its reference.

    And by its values in own `fields`; those of the account are read when they are not given.
    """
    if fields is None:
        fields = fields_in_use() if client.custom else []
    values = [digits(value) if kind == "phone" else value for _primary, kind, value, _mobile in points]
    names = [name for name in contact_names if fold(name) != client.sort_key]
    own = words_of(fields, client.custom)
    detail = client.email or client.phone or client.reference
    return Findable(KIND, client.pk, client.pk, client.name, detail, (*names, *values, client.reference, *own))


def index(client: Client) -> None:
    """Bring the search index up to date with a client."""
    names = list(Contact.objects.filter(client_id=client.pk).values_list("name", flat=True))
    search_index.update([findable(client, names, _points(client))])


def keep_order(ids: list[UUID]) -> None:
    """Bring the places of clients in the lists by tag and by member up to date with their names."""
    now = Subquery(Client.objects.filter(pk=OuterRef("client_id")).values("sort_key")[:1])
    for ties in (ClientTag, Assignment) if ids else ():
        ties.objects.filter(client_id__in=ids).update(sort_key=now)


def refresh(client: Client) -> None:
    """Bring the client's row and the search index up to date with its contacts."""
    points = _points(client)
    client.email, client.phone = _first(points, "email"), _first(points, "phone")
    client.has_mobile = any(mobile for *_rest, mobile in points)
    client.save(update_fields=["email", "phone", "has_mobile"])
    keep_order([client.pk])
    names = list(Contact.objects.filter(client_id=client.pk).values_list("name", flat=True))
    search_index.update([findable(client, names, points)])


def refresh_many(ids: list[UUID]) -> None:
    """As `refresh`, with the portal too, for many clients in a fixed number of statements."""
    points: dict[UUID, list[tuple]] = defaultdict(list)
    found = ContactPoint.objects.filter(contact__client_id__in=ids).order_by("-contact__is_primary", "id")
    for client_id, *point in found.values_list(
        "contact__client_id", "contact__is_primary", "kind", "value", "is_mobile"
    ):
        points[client_id].append(tuple(point))
    names: dict[UUID, list[str]] = defaultdict(list)
    for client_id, name in Contact.objects.filter(client_id__in=ids).values_list("client_id", "name"):
        names[client_id].append(name)
    own_people = ClientAccess.objects.filter(client_id__in=ids).exclude(member__role="guest")
    portal = set(own_people.values_list("client_id", flat=True))
    clients = list(Client.objects.filter(pk__in=ids))
    for client in clients:
        own = points[client.pk]
        client.email, client.phone = _first(own, "email"), _first(own, "phone")
        client.has_mobile, client.has_portal = any(mobile for *_rest, mobile in own), client.pk in portal
        client.sort_key = fold(client.name)[:160]
    fields = ("email", "phone", "has_mobile", "has_portal", "sort_key")
    bulk_update(Client, fields, [(*(getattr(client, name) for name in fields), client.pk) for client in clients])
    keep_order(ids)
    own_fields = fields_in_use() if any(client.custom for client in clients) else []
    search_index.update([findable(client, names[client.pk], points[client.pk], own_fields) for client in clients])
