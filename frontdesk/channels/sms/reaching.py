"""Where people get text messages."""

from collections import defaultdict
from uuid import UUID

from frontdesk.accounts.models import Account
from frontdesk.clients.models import ContactPoint
from frontdesk.core import phones
from frontdesk.core.errors import Invalid
from frontdesk.core.tenancy.context import current_account_id
from frontdesk.core.tenancy.prepared import Prepared
from frontdesk.core.text import gettext as _

from ..registry import Reach

POINTS = Prepared(
    lambda client_ids: (
        ContactPoint.objects.filter(kind=ContactPoint.Kind.PHONE.value, contact__client_id__in=client_ids)
        .order_by("-is_mobile", "-contact__is_primary", "pk")
        .values_list(
            "contact__client_id", "is_mobile", "normal", "value", "contact__name", "contact_id", "contact__is_primary"
        )
    )
)
COUNTRY = Prepared(lambda pk: Account.objects.filter(pk=pk).values_list("country"), scoped=False)


def _country() -> str:
    return str(COUNTRY(current_account_id())[0][0])


def address(typed: str) -> str:
    """A number in its international form; raises Invalid."""
    try:
        return phones.parse(typed[:60], _country()).e164
    except phones.BadPhone:
        said = _(
            "“%(text)s” is not a phone number. Write it with its country code, as in +40 745 112 908.", text=typed[:40]
        )
        raise Invalid({"to": [said]}) from None


def of_member(member) -> str:
    """A member's own number."""
    return getattr(member, "phone", "") or ""


def reaches(client_ids: list[UUID]) -> dict[UUID, list[Reach]]:
    """The mobile numbers of clients, those of the primary contact first; other numbers where there are none."""
    found: dict[UUID, list[Reach]] = defaultdict(list)
    country, reached = _country(), set()
    # Mobile numbers come first.
    for client_id, is_mobile, normal, value, name, contact_id, primary in POINTS(client_ids):
        if is_mobile:
            reached.add(client_id)
        elif client_id in reached:
            continue
        if not any(one.address == normal for one in found[client_id]):
            shown = phones.display(normal, country) or value
            found[client_id].append(Reach(normal, shown, name, contact_id, primary))
    return dict(found)
