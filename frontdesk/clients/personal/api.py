"""REST: one client's personal data."""

from datetime import datetime
from uuid import UUID

from ninja import Router
from pydantic import Field

from frontdesk.core.rest.answers import answer, no_content
from frontdesk.core.rest.operation import operation
from frontdesk.core.rest.schemas import Input, Schema

from .. import access, permissions
from . import actions
from .access import bundles_of, get_bundle
from .models import PersonalBundle
from .views import SHOWN, ZIP, bundle_file

router = Router(tags=["Clients"])
BUNDLES = "/clients/{uuid:client_id}/personal-data"


class BundleOut(Schema):
    """A file with all personal data of a client; null in `ready_at` while it is being made."""

    id: UUID
    asked_at: datetime
    ready_at: datetime | None
    expires_at: datetime
    size: int


class BundleRows(Schema):
    """The newest bundles."""

    data: list[BundleOut]


class EraseIn(Input):
    """The client's name, to be sure."""

    name: str = Field(max_length=200)


def _out(bundle: PersonalBundle) -> dict:
    return {name: getattr(bundle, name) for name in BundleOut.model_fields}


@operation(router, "GET", BUNDLES, right=permissions.EXPORT, obj="client", answer=BundleRows, summary="List bundles")
def list_bundles(request, client_id: UUID):
    """The bundles of a client that were asked for."""
    client = access.get_client(request.actor, client_id, permissions.EXPORT)
    return answer({"data": [_out(bundle) for bundle in bundles_of(request.actor, client)[:SHOWN]]})


@operation(
    router, "POST", BUNDLES, right=permissions.EXPORT, obj="client", answer=BundleOut, status=201,
    summary="Ask for a bundle",
)  # fmt: skip
def ask(request, client_id: UUID):
    """Everything known of a client as a zip with JSON, HTML and CSV; made in the background, kept for seven days."""
    client = access.get_client(request.actor, client_id, permissions.EXPORT)
    return answer(_out(actions.ask_for_bundle(request.actor, client)), 201)


@operation(
    router, "GET", BUNDLES + "/{uuid:bundle_id}", right=permissions.EXPORT, obj="bundle", summary="Download a bundle",
    openapi_extra={"responses": {200: {"description": "The file", "content": {ZIP: {}}}}},
)  # fmt: skip
def download(request, client_id: UUID, bundle_id: UUID):
    """The zip file; 404 before it is ready and after seven days."""
    client = access.get_client(request.actor, client_id, permissions.EXPORT)
    return bundle_file(get_bundle(request.actor, client, bundle_id))


@operation(
    router, "POST", "/clients/{uuid:client_id}/erase", right=permissions.ERASE, obj="client", status=204,
    summary="Erase a client",
)  # fmt: skip
def erase(request, client_id: UUID, body: EraseIn):
    """Remove all personal data for good; 409 says what must stay, such as what the law keeps."""
    actions.erase(request.actor, access.get_client(request.actor, client_id, permissions.ERASE), body.name)
    return no_content()
