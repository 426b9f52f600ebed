"""Choosing a colour for one's own calendar, and reading the colours of many clients at once."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from frontdesk.activity.spine import record
from frontdesk.core.checks import Errors
from frontdesk.core.text import gettext as _
from frontdesk.ui.hues import KNOWN

from .. import access, permissions
from ..models import Client
from .models import ClientColour


def colours_of(actor, client_ids: Iterable[UUID]) -> dict[UUID, int]:
    """Client id to the hue that the actor chose for their calendar, in one query; others are absent."""
    own = ClientColour.objects.filter(member_id=actor.id, client_id__in=list(client_ids))
    return dict(own.values_list("client_id", "hue"))


def choose_colour(actor, client: Client, hue: int | None) -> None:
    """Choose a colour for a client that the actor has loaded, None for none; raises Invalid, Forbidden.

    The timeline says nothing of it, since it concerns nobody but the actor.
    """
    access.require(actor, permissions.COLOUR)
    errors = Errors()
    if hue is not None and hue not in KNOWN:
        errors.add("hue", _("Choose one from the list."))
    errors.raise_any()
    if colours_of(actor, [client.pk]).get(client.pk) == hue:
        return
    with transaction.atomic():
        own = {"account_id": actor.account_id, "member_id": actor.id, "client_id": client.pk}
        if hue is None:
            ClientColour.objects.filter(member_id=actor.id, client_id=client.pk).delete()
        else:
            ClientColour.objects.update_or_create(**own, defaults={"hue": hue})
        record(actor, "client_colour.chosen", subject_id=client.pk, data={"client": str(client.pk), "hue": hue})
