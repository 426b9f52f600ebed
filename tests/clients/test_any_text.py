"""Whatever is typed as a name or number: a client is made of it and found again, or the field refused (C3, C7)."""

from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from frontdesk.clients import actions, queries
from frontdesk.clients.models import Client, ContactPoint
from frontdesk.clients.values import AddressInput, ClientInput, ContactInput, PointInput
from frontdesk.core.errors import Invalid
from frontdesk.search.queries import search

letters = st.text(max_size=60) | st.text("aȘş Œ\0\u202e\u200f\ufeff\x1b'\"%_\\🏳️‍🌈\n\r", max_size=12)
numbers = st.text("0123456789+()-. x#٣３\0\u202e", max_size=30) | letters


class Undone(Exception):
    """Leaves the transaction of an example without a trace."""


def made_of(name, reference, contact, email, phone, street, tag) -> ClientInput:
    known = ContactInput(contact, emails=[PointInput(email)] if email else [], phones=[PointInput(phone)])
    return ClientInput(name, reference=reference, contact=known, address=AddressInput(street=street), tags=[tag])


def check(actor, client: Client) -> None:
    """What was stored is clean, and found by its name."""
    client.refresh_from_db()
    points = [point.normal for point in ContactPoint.objects.filter(contact__client_id=client.pk)]
    stored = [client.name, client.reference, *points, *client.contacts.values_list("name", flat=True)]
    assert client.name and not [text for text in stored if set(text or "") & set("\0\n\r\x1b\u202e\ufeff")]
    newest = queries.list_clients(actor, queries.Filters(), sort="newest", limit=50).rows
    assert client.pk in [row["id"] for row in newest]
    search(actor, client.name)


@settings(max_examples=150, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
@given(letters, letters, letters, letters, numbers, letters, letters)
@example("a\0b", "\ud800", "x", "a@b.c\0", "0745\u202e112999", "\x1b[2J", "\u200f")
@example("Maria", "", "Maria", "maria@example.org", "٠٧٤٥ ١١٢ ٩٩٩", "1 Street", "VIP")
def test_any_text_makes_a_client_or_is_refused_by_field(within, name, reference, contact, email, phone, street, tag):
    try:
        with transaction.atomic():
            check(
                within.sam,
                actions.create_client(within.sam, made_of(name, reference, contact, email, phone, street, tag)),
            )
            raise Undone
    except Invalid as refused:
        assert refused.errors and all(reasons for reasons in refused.errors.values())
        assert all(field.startswith(("name", "reference", "contact", "address", "tags")) for field in refused.errors)
    except Undone:
        pass
