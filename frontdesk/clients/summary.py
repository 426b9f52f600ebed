"""What a client's row and the search index repeat of its contacts, kept true after every change."""

from frontdesk.core.fold import fold
from frontdesk.core.phones import digits
from frontdesk.search import index as search_index
from frontdesk.search.index import Findable

from .custom.values import fields_in_use, words_of
from .models import Client, Contact, ContactPoint, CustomField

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


def refresh(client: Client) -> None:
    """Bring the client's row and the search index up to date with its contacts."""
    points = _points(client)
    client.email, client.phone = _first(points, "email"), _first(points, "phone")
    client.has_mobile = any(mobile for *_rest, mobile in points)
    client.save(update_fields=["email", "phone", "has_mobile"])
    names = list(Contact.objects.filter(client_id=client.pk).values_list("name", flat=True))
    search_index.update([findable(client, names, points)])
