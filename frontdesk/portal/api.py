"""The portal through the API: the same access and actions as its pages."""

from uuid import UUID

from ninja import Query, Router

from frontdesk.clients import actions, options, queries
from frontdesk.clients.access import clients_for, get_client, get_contact
from frontdesk.clients.actions import Interval
from frontdesk.clients.models import Address, Client, Contact
from frontdesk.clients.permissions import (
    DETAILS,
    PORTAL_AVAILABILITY,
    PORTAL_EDIT,
    PORTAL_SET_AVAILABILITY,
    PORTAL_VIEW,
)
from frontdesk.clients.values import AddressInput, ContactInput, PointInput
from frontdesk.core import paging
from frontdesk.core.rest.answers import answer, no_content
from frontdesk.core.rest.operation import operation
from frontdesk.core.rest.schemas import Paging

from . import files_api, guests_api, schemas, subscriptions_api
from .team import Colleague, team_of

router = Router(tags=["Portal"])
router.add_router("", guests_api.router)
router.add_router("", files_api.router)
router.add_router("", subscriptions_api.router)
ONE = "/portal/clients/{uuid:client_id}"


def _point_out(point) -> dict:
    return {"value": point.value, "label": point.label, "consent": point.consent}


def _address_out(address: Address | None) -> dict | None:
    return {name: getattr(address, name) for name in schemas.OwnAddress.model_fields} if address else None


def _contact_out(contact: Contact) -> dict:
    return {
        "id": contact.pk, "name": contact.name, "role": contact.role, "is_primary": contact.is_primary,
        "emails": [_point_out(point) for point in contact.emails],
        "phones": [_point_out(point) for point in contact.phones],
        "address": _address_out(contact.address),
    }  # fmt: skip


def _details(client: Client) -> dict:
    contacts = queries.contacts_of(client)
    addresses = queries.with_addresses(client, contacts)
    return {"contacts": list(map(_contact_out, contacts)), "addresses": list(map(_address_out, addresses))}


def _saved(client: Client, contact_id: UUID) -> dict:
    return _contact_out(queries.loaded_contact(client, contact_id))


def _week_out(client: Client) -> dict:
    spans = [span for day in queries.availability_of(client) for span in day]
    return {"intervals": [{"weekday": s.weekday, "starts": s.starts, "ends": s.ends} for s in spans]}


@operation(
    router, "GET", "/portal/clients", right=PORTAL_VIEW, answer=schemas.OwnClientPage, summary="List own clients"
)
def list_own_clients(request, filters: Query[Paging]):
    """Whom the caller signs in for: usually one, for a parent perhaps several."""
    rows = clients_for(request.actor).values("id", "kind", "name", "sort_key")
    found = paging.page(rows, ["sort_key", "id"], after=filters.after, limit=filters.limit)
    data = [{name: row[name] for name in ("id", "kind", "name")} for row in found.rows]
    return answer({"data": data, "next": found.after})


@operation(
    router, "GET", ONE, right=PORTAL_VIEW, obj="client", answer=schemas.OwnClientShown, summary="See an own client"
)
def get_own_client(request, client_id: UUID):
    """One client that the caller signs in for."""
    client = get_client(request.actor, client_id)
    allowed = options.open_to(request.actor, client)
    return answer({"id": client.pk, "kind": client.kind, "name": client.name, "allowed": allowed})


def _colleague(one: Colleague) -> dict:
    away = {"until": one.away.away_until, "message": one.away.message} if one.away else None
    return {**vars(one), "away": away}


@operation(
    router, "GET", ONE + "/team", right=PORTAL_VIEW, obj="client", answer=schemas.OwnTeam, summary="See who serves"
)
def get_own_team(request, client_id: UUID):
    """The people who serve the client, with their contact details where the client may see them."""
    client = get_client(request.actor, client_id)
    return answer({"data": [_colleague(one) for one in team_of(request.actor, client)]})


@operation(
    router, "GET", ONE + "/contacts", right=DETAILS, obj="client", answer=schemas.OwnDetails, summary="See own contacts"
)
def get_own_contacts(request, client_id: UUID):
    """The client's contacts and addresses."""
    return answer(_details(get_client(request.actor, client_id, DETAILS)))


def _typed(data: dict) -> ContactInput:
    points = {kind: [PointInput(**point) for point in data[kind]] for kind in ("emails", "phones")}
    return ContactInput(name=data["name"], role=data["role"], **points)


@operation(
    router, "POST", ONE + "/contacts", right=PORTAL_EDIT, obj="client", answer=schemas.OwnContact, status=201,
    summary="Add an own contact",
)  # fmt: skip
def add_own_contact(request, client_id: UUID, body: schemas.OwnContactIn):
    """Add a person to reach."""
    client = get_client(request.actor, client_id, PORTAL_EDIT)
    address = AddressInput(**body.address.model_dump()) if body.address else None
    contact = actions.add_contact(request.actor, client, _typed(body.model_dump()), address)
    return answer(_saved(client, contact.pk), 201)


@operation(
    router, "PATCH", ONE + "/contacts/{uuid:contact_id}", right=PORTAL_EDIT, obj="contact", answer=schemas.OwnContact,
    summary="Change an own contact",
)  # fmt: skip
def change_own_contact(request, client_id: UUID, contact_id: UUID, body: schemas.OwnContactChanges):
    """Change what is given; the rest stays."""
    client = get_client(request.actor, client_id, PORTAL_EDIT)
    contact = get_contact(request.actor, client, contact_id)
    changes = body.model_dump(exclude_unset=True)
    address = AddressInput(**(changes.pop("address") or {})) if "address" in changes else None
    actions.update_contact(request.actor, client, contact, _typed(_saved(client, contact_id) | changes), address)
    return answer(_saved(client, contact_id))


@operation(
    router, "DELETE", ONE + "/contacts/{uuid:contact_id}", right=PORTAL_EDIT, obj="contact", status=204,
    summary="Remove an own contact",
)  # fmt: skip
def remove_own_contact(request, client_id: UUID, contact_id: UUID):
    """Remove a contact; the primary one cannot be removed (409)."""
    client = get_client(request.actor, client_id, PORTAL_EDIT)
    actions.remove_contact(request.actor, client, get_contact(request.actor, client, contact_id))
    return no_content()


@operation(
    router, "GET", ONE + "/availability", right=PORTAL_AVAILABILITY, obj="client", answer=schemas.OwnWeek,
    summary="See own availability",
)  # fmt: skip
def get_own_availability(request, client_id: UUID):
    """The weekly times at which the client can be served."""
    return answer(_week_out(get_client(request.actor, client_id, PORTAL_AVAILABILITY)))


@operation(
    router, "PUT", ONE + "/availability", right=PORTAL_SET_AVAILABILITY, obj="client", answer=schemas.OwnWeek,
    summary="Set own availability",
)  # fmt: skip
def set_own_availability(request, client_id: UUID, body: schemas.OwnWeek):
    """Replace the whole week."""
    client = get_client(request.actor, client_id, PORTAL_SET_AVAILABILITY)
    actions.set_availability(request.actor, client, [Interval(**dict(span)) for span in body.intervals])
    return answer(_week_out(client))
