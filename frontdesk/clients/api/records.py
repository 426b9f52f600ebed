"""REST: clients themselves."""

from uuid import UUID

from django.db import transaction
from ninja import Query, Router

from frontdesk.core.rest.answers import answer, no_content
from frontdesk.core.rest.operation import operation

from .. import access, actions, permissions, queries
from ..values import typed_normals
from . import schemas, shapes

router = Router(tags=["Clients"])
FILTERS = tuple(vars(queries.Filters()))


def filters_of(query: schemas.ClientQuery) -> queries.Filters:
    """The filters in a query."""
    return queries.Filters(**{name: getattr(query, name) for name in FILTERS})


@operation(router, "GET", "/clients", right=permissions.VIEW, answer=schemas.ClientRows, summary="List clients")
def list_clients(request, query: Query[schemas.ClientQuery]):
    """Clients that the token's member may see, filtered, sorted and paged by key."""
    found = queries.list_clients(
        request.actor, filters_of(query), sort=query.sort, after=query.after, limit=query.limit
    )
    for row in found.rows:
        del row["sort_key"]
    return answer({"data": found.rows, "next": found.after, "cut": found.cut})


@operation(router, "GET", "/clients/counts", right=permissions.VIEW, answer=schemas.Counts, summary="Count clients")
def count_clients(request):
    """How many clients of each status the token's member may see."""
    return answer(queries.status_counts(request.actor))


@operation(
    router, "GET", "/clients/duplicates", right=permissions.ADD, answer=schemas.Duplicates, summary="Find duplicates"
)
def find_duplicates(request, query: Query[schemas.DuplicateQuery]):
    """Clients that share an e-mail address or phone number, to ask before adding one."""
    normals = typed_normals([query.email, query.phone], request.actor.account.country)
    return answer({"data": [vars(found) for found in queries.possible_duplicates(request.actor, normals)]})


@operation(
    router, "POST", "/clients", right=permissions.ADD, answer=schemas.ClientOut, status=201, summary="Add a client"
)
def create_client(request, body: schemas.ClientIn):
    """Add a client with its primary contact, address and tags."""
    return answer(shapes.client(actions.create_client(request.actor, body.typed())), 201)


@operation(
    router,
    "GET",
    "/clients/{uuid:client_id}",
    right=permissions.VIEW,
    obj="client",
    answer=schemas.ClientOut,
    summary="Read a client",
)
def read_client(request, client_id: UUID):
    """A client with contacts, addresses, tags and those who serve it."""
    return answer(shapes.client(access.get_client(request.actor, client_id)))


@operation(
    router,
    "PATCH",
    "/clients/{uuid:client_id}",
    right=permissions.EDIT,
    obj="client",
    answer=schemas.ClientOut,
    summary="Change a client",
)
def change_client(request, client_id: UUID, body: schemas.ClientPatch):
    """Change the given fields; all of them or none."""
    client = access.get_client(request.actor, client_id, permissions.EDIT)
    changes = body.model_dump(exclude_unset=True, exclude_none=True)
    with transaction.atomic():
        if "tags" in changes:
            actions.set_tags(request.actor, client, changes.pop("tags"))
        if "status" in changes:
            actions.set_status(request.actor, client, changes.pop("status"))
        if changes:
            actions.update_client(request.actor, client, changes)
    return answer(shapes.client(client))


@operation(
    router,
    "DELETE",
    "/clients/{uuid:client_id}",
    right=permissions.DELETE,
    obj="client",
    status=204,
    summary="Delete a client",
)
def delete_client(request, client_id: UUID):
    """Delete a client; 409 says what stands in the way. It is in `/changes` and can be undone for thirty days."""
    actions.delete_client(request.actor, access.get_client(request.actor, client_id, permissions.DELETE))
    return no_content()


@operation(
    router,
    "PUT",
    "/clients/{uuid:client_id}/team",
    right=permissions.ASSIGN,
    obj="client",
    answer=schemas.ClientOut,
    summary="Choose who serves a client",
)
def set_team(request, client_id: UUID, body: schemas.ServingIn):
    """Make these members of the team serve the client."""
    client = access.get_client(request.actor, client_id, permissions.ASSIGN)
    actions.set_team(request.actor, client, set(body.members))
    return answer(shapes.client(client))


@operation(
    router,
    "GET",
    "/clients/{uuid:client_id}/availability",
    right=permissions.VIEW,
    obj="client",
    answer=schemas.Week,
    summary="Read weekly availability",
)
def read_availability(request, client_id: UUID):
    """When the client can be served."""
    return answer(shapes.week(access.get_client(request.actor, client_id)))


@operation(
    router,
    "PUT",
    "/clients/{uuid:client_id}/availability",
    right=permissions.EDIT,
    obj="client",
    answer=schemas.Week,
    summary="Set weekly availability",
)
def set_availability(request, client_id: UUID, body: schemas.Week):
    """Replace when the client can be served."""
    client = access.get_client(request.actor, client_id, permissions.EDIT)
    actions.set_availability(request.actor, client, [actions.Interval(**dict(span)) for span in body.intervals])
    return answer(shapes.week(client))
