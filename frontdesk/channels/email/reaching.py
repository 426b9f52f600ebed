"""Where people get e-mails."""

from collections import defaultdict
from uuid import UUID

from frontdesk.clients.models import ContactPoint
from frontdesk.core import emails
from frontdesk.core.errors import Invalid
from frontdesk.core.tenancy.prepared import Prepared
from frontdesk.core.text import gettext as _

from ..registry import Reach

POINTS = Prepared(
    lambda client_ids: (
        ContactPoint.objects.filter(kind=ContactPoint.Kind.EMAIL.value, contact__client_id__in=client_ids)
        .order_by("-contact__is_primary", "pk")
        .values_list("contact__client_id", "normal", "value", "contact__name", "contact_id", "contact__is_primary")
    )
)


def address(typed: str) -> str:
    """An address in its normal form; raises Invalid."""
    try:
        return emails.parse(typed)
    except emails.BadEmail:
        raise Invalid({"to": [_("“%(text)s” is not an e-mail address.", text=typed[:60])]}) from None


def of_member(member) -> str:
    """A member's own address."""
    return member.email or ""


def reaches(client_ids: list[UUID]) -> dict[UUID, list[Reach]]:
    """The addresses of clients, those of the primary contact first."""
    found: dict[UUID, list[Reach]] = defaultdict(list)
    for client_id, normal, value, name, contact_id, primary in POINTS(client_ids):
        if not any(one.address == normal for one in found[client_id]):
            found[client_id].append(Reach(normal, value, name, contact_id, primary))
    return dict(found)
