"""Who may see and change which webhook: the only place that decides."""

from uuid import UUID

from django.db.models import QuerySet

from frontdesk.core.errors import Forbidden, Missing

from . import permissions
from .models import Delivery, Endpoint


def require(actor, right: str) -> None:
    """Raise Forbidden unless the actor holds the right."""
    if not actor.may(right):
        raise Forbidden(right)


def endpoints_for(actor) -> QuerySet[Endpoint]:
    """The account's endpoints; raises Forbidden without the right."""
    require(actor, permissions.VIEW)
    return Endpoint.objects.filter(account_id=actor.account_id)


def get_endpoint(actor, endpoint_id: UUID) -> Endpoint:
    """One of them; raises Missing."""
    found = endpoints_for(actor).filter(pk=endpoint_id).first()
    if found is None:
        raise Missing("webhook")
    return found


def deliveries_of(endpoint: Endpoint) -> QuerySet[Delivery]:
    """The messages to an endpoint that `get_endpoint` gave."""
    return Delivery.objects.filter(endpoint_id=endpoint.pk)


def get_delivery(endpoint: Endpoint, delivery_id: UUID) -> Delivery:
    """One of them; raises Missing."""
    found = deliveries_of(endpoint).filter(pk=delivery_id).first()
    if found is None:
        raise Missing("delivery")
    return found
