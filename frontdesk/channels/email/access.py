"""Who may read an e-mail as it came: whoever sees its client; those of nobody known only the office."""

from uuid import UUID

from frontdesk.clients import access as clients
from frontdesk.core.errors import Missing

from .. import permissions
from ..access import require
from ..models import ReceivedMail


def get_mail(actor, arrival_id: UUID) -> ReceivedMail:
    """A received e-mail; raises Missing, Forbidden."""
    require(actor, permissions.MAIL)
    found = ReceivedMail.objects.select_related("arrival").filter(arrival_id=arrival_id).first()
    if found is None:
        raise Missing("mail")
    if found.arrival.client_id is not None:
        clients.get_client(actor, found.arrival.client_id)
    elif not actor.may(permissions.OUTBOX):
        raise Missing("mail")
    return found
