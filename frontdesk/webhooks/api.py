"""REST: webhooks."""

from datetime import datetime
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from frontdesk.core.rest.answers import answer, answer_once, no_content
from frontdesk.core.rest.operation import operation
from frontdesk.core.rest.schemas import Input, Paging, Schema

from . import access, actions, queries
from .models import Delivery, Endpoint
from .permissions import MANAGE, VIEW
from .wording import error_text

router = Router(tags=["Webhooks"])
WEBHOOKS = "/webhooks"
ONE = "/webhooks/{uuid:endpoint_id}"


class WebhookIn(Input):
    """`kinds` holds `*`, parts such as `client`, and single kinds such as `client.created`."""

    url: str = Field(max_length=1000)
    kinds: list[str] = Field(max_length=200)
    description: str = Field("", max_length=400)


class WebhookPatch(Input):
    """What is left out stays; `enabled` switches it on or off."""

    url: str | None = Field(None, max_length=1000)
    kinds: list[str] | None = Field(None, max_length=200)
    description: str | None = Field(None, max_length=400)
    enabled: bool | None = None


class WebhookOut(Schema):
    """A webhook; `state` is on, off, failing or gone."""

    id: UUID
    url: str
    description: str
    kinds: list[str]
    state: str
    failing_since: datetime | None
    created_at: datetime


class WebhookMade(WebhookOut):
    """A webhook with its secret, which is not shown again."""

    secret: str


class WebhookRows(Schema):
    """Oldest first."""

    data: list[WebhookOut]


class Kinds(Schema):
    """What a webhook can be told, besides `*`."""

    parts: list[str]
    kinds: list[str]


class DeliveryOut(Schema):
    """One message; `status` is waiting, delivered or failed."""

    id: UUID
    kind: str
    activity: UUID | None
    status: str
    attempts: int
    created_at: datetime
    tried_at: datetime | None
    next_at: datetime | None
    response_status: int | None
    response_text: str
    milliseconds: int | None
    error: str


class DeliveryRows(Schema):
    """Newest first; `next` is the `after` of the following page, null on the last."""

    data: list[DeliveryOut]
    next: str | None


def _out(endpoint: Endpoint) -> dict:
    return {
        "id": endpoint.pk, "url": endpoint.url, "description": endpoint.description, "kinds": endpoint.kinds,
        "state": endpoint.state, "failing_since": endpoint.failing_since, "created_at": endpoint.created_at,
    }  # fmt: skip


def _delivery(row: Delivery) -> dict:
    names = (
        "kind", "status", "attempts", "created_at", "tried_at", "next_at", "response_status", "response_text",
        "milliseconds",
    )  # fmt: skip
    shown = {name: getattr(row, name) for name in names}
    return {"id": row.pk, "activity": row.activity_id, "error": error_text(row.error), **shown}


@operation(router, "GET", WEBHOOKS, right=VIEW, answer=WebhookRows, summary="List webhooks")
def list_webhooks(request):
    """The account's webhooks, without their secrets."""
    return answer({"data": [_out(row) for row in queries.endpoints(request.actor)]})


@operation(router, "GET", "/webhooks/kinds", right=VIEW, answer=Kinds, summary="List what webhooks can be told")
def list_kinds(request):
    """Parts of the product, and single kinds of activities."""
    return answer({"parts": [key for key, _label in queries.parts()], "kinds": queries.verbs()})


@operation(router, "POST", WEBHOOKS, right=MANAGE, answer=WebhookMade, status=201, summary="Add a webhook")
def add_webhook(request, body: WebhookIn):
    """Tell another system what happens; the answer shows the secret once."""
    made, secret = actions.add_endpoint(request.actor, **body.dict())
    return answer_once({**_out(made), "secret": secret}, 201)


@operation(router, "GET", ONE, right=VIEW, obj="webhook", answer=WebhookOut, summary="Read a webhook")
def read_webhook(request, endpoint_id: UUID):
    """One webhook, without its secret."""
    return answer(_out(access.get_endpoint(request.actor, endpoint_id)))


@operation(router, "PATCH", ONE, right=MANAGE, obj="webhook", answer=WebhookOut, summary="Change a webhook")
def change_webhook(request, endpoint_id: UUID, body: WebhookPatch):
    """Change what is given."""
    endpoint = access.get_endpoint(request.actor, endpoint_id)
    given = {name: value for name, value in body.dict().items() if value is not None}
    enabled = given.pop("enabled", None)
    if given:
        kept = {"url": endpoint.url, "kinds": endpoint.kinds, "description": endpoint.description}
        actions.change_endpoint(request.actor, endpoint, **{**kept, **given})
    if enabled is not None:
        actions.switch_endpoint(request.actor, endpoint, enabled)
    return answer(_out(endpoint))


@operation(router, "DELETE", ONE, right=MANAGE, obj="webhook", status=204, summary="Remove a webhook")
def remove_webhook(request, endpoint_id: UUID):
    """Forget it with the log of its messages."""
    actions.remove_endpoint(request.actor, access.get_endpoint(request.actor, endpoint_id))
    return no_content()


@operation(
    router, "POST", ONE + "/secret", right=MANAGE, obj="webhook", answer=WebhookMade, summary="Make a new secret"
)  # fmt: skip
def rotate_secret(request, endpoint_id: UUID):
    """The answer shows it once; the former one signs beside it for 24 hours."""
    endpoint = access.get_endpoint(request.actor, endpoint_id)
    return answer_once({**_out(endpoint), "secret": actions.rotate_secret(request.actor, endpoint)})


@operation(
    router, "POST", ONE + "/test", right=MANAGE, obj="webhook", answer=DeliveryOut, status=202,
    summary="Send a test message",
)  # fmt: skip
def test_webhook(request, endpoint_id: UUID):
    """A message of the kind `webhooks.ping`; its answer appears among the deliveries."""
    endpoint = access.get_endpoint(request.actor, endpoint_id)
    return answer(_delivery(actions.send_test(request.actor, endpoint)), 202)


@operation(
    router, "GET", ONE + "/deliveries", right=VIEW, obj="webhook", answer=DeliveryRows, summary="List messages"
)  # fmt: skip
def list_deliveries(request, endpoint_id: UUID, query: Query[Paging]):
    """The messages of the last 30 days with their answers."""
    endpoint = access.get_endpoint(request.actor, endpoint_id)
    found = queries.deliveries(endpoint, after=query.after, limit=query.limit)
    return answer({"data": [_delivery(row) for row in found.rows], "next": found.after})


@operation(
    router, "POST", ONE + "/deliveries/{uuid:delivery_id}/retry", right=MANAGE, obj="delivery", answer=DeliveryOut,
    status=202, summary="Send a message again",
)  # fmt: skip
def retry_delivery(request, endpoint_id: UUID, delivery_id: UUID):
    """Now, and with all its tries before it."""
    endpoint = access.get_endpoint(request.actor, endpoint_id)
    actions.retry_delivery(request.actor, endpoint, access.get_delivery(endpoint, delivery_id))
    return answer(_delivery(access.get_delivery(endpoint, delivery_id)), 202)
