"""Reads for pages and API."""

from frontdesk.activity import sentences
from frontdesk.core import paging

from . import access
from .models import Endpoint


def endpoints(actor) -> list[Endpoint]:
    """The account's endpoints, oldest first; there are few."""
    return list(access.endpoints_for(actor).order_by("id"))


def deliveries(endpoint: Endpoint, after: str = "", before: str = "", limit: int = paging.LIMIT) -> paging.Page:
    """The messages to an endpoint, newest first; raises Invalid for a bad cursor."""
    return paging.page(access.deliveries_of(endpoint), ["-id"], after=after, before=before, limit=limit)


def parts() -> list[tuple[str, str]]:
    """(first part, label) of everything that happens."""
    return sentences.verb_groups()


def verbs() -> list[str]:
    """Every single kind, by name."""
    return sorted(verb for verb, _sentence in sentences.sentences.items())
