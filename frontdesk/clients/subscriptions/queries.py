"""Reads about subscriptions."""

from frontdesk.core import paging

from ..models import Client
from .models import SubscriptionEvent


def events_of(client: Client, after: str = "", limit: int = paging.LIMIT) -> paging.Page:
    """Everything that happened to a client's subscriptions, newest first; raises Invalid for a bad cursor."""
    found = SubscriptionEvent.objects.filter(client_id=client.pk).select_related("member")
    return paging.page(found, ["-id"], after=after, limit=limit)
