"""Which bundles somebody gets at."""

from uuid import UUID

from frontdesk.core.errors import Missing

from .. import permissions
from ..access import require
from ..models import Client
from .models import PersonalBundle


def bundles_of(actor, client: Client):
    """The bundles of a client that the actor has loaded, newest first; raises Forbidden."""
    require(actor, permissions.EXPORT)
    return PersonalBundle.objects.filter(client_id=client.pk).order_by("-id")


def get_bundle(actor, client: Client, bundle_id: UUID) -> PersonalBundle:
    """One of them; raises Missing, Forbidden."""
    found = bundles_of(actor, client).filter(pk=bundle_id).first()
    if found is None:
        raise Missing("bundle")
    return found
