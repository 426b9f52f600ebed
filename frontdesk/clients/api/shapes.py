"""From models to the API's answers."""

from frontdesk.accounts import queries as people

from .. import queries
from ..models import Address, Client, Contact, ContactPoint, Note


def point(row: ContactPoint) -> dict:
    """A PointOut."""
    return {"value": row.value, "label": row.label, "consent": row.consent, "is_mobile": row.is_mobile}


def address(row: Address) -> dict:
    """An AddressOut."""
    names = ("id", "label", "street", "postal_code", "city", "region", "country")
    return {name: getattr(row, name) for name in names}


def contact(row: Contact) -> dict:
    """A ContactOut of a contact as `queries.contacts_of` and `queries.with_addresses` give it."""
    return {
        "id": row.pk,
        "name": row.name,
        "role": row.role,
        "is_primary": row.is_primary,
        "emails": [point(item) for item in row.emails],
        "phones": [point(item) for item in row.phones],
        "address": address(row.address) if row.address else None,
    }


OWN = (
    "id",
    "kind",
    "status",
    "name",
    "reference",
    "language",
    "has_portal",
    "unsubscribed",
    "created_at",
    "updated_at",
    "custom",
)


def client(row: Client) -> dict:
    """A ClientOut; five queries."""
    contacts = queries.contacts_of(row)
    own = queries.with_addresses(row, contacts)
    return {name: getattr(row, name) for name in OWN} | {
        "contacts": [contact(item) for item in contacts],
        "addresses": [address(item) for item in own],
        "tags": queries.tags_of([row.pk]).get(row.pk, []),
        "team": queries.team_of([row.pk]).get(row.pk, []),
    }


def note(row: Note) -> dict:
    """A NoteOut."""
    return {
        "id": row.pk,
        "author_id": row.author_id,
        "body": row.body,
        "created_at": row.created_at,
        "edited_at": row.edited_at,
    }


def accesses(row: Client) -> list[dict]:
    """AccessOut of everybody who may sign in for a client."""
    found = queries.accesses_of(row)
    states = people.invitation_states([access.member_id for access in found])
    return [
        {
            "member_id": access.member_id,
            "name": access.member.name,
            "role": access.member.role,
            "status": access.member.status,
            "invitation": states[access.member_id].status if access.member_id in states else None,
        }
        for access in found
    ]


def week(row: Client) -> dict:
    """A Week."""
    spans = [span for day in queries.availability_of(row) for span in day]
    return {"intervals": [{"weekday": s.weekday, "starts": s.starts, "ends": s.ends} for s in spans]}
