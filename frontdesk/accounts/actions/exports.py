"""Taking the directory out of Frontdesk."""

from django.db import transaction

from frontdesk.activity.spine import record

from .. import access, permissions, queries
from ..queries import PeopleFilters, Person


def export_people(actor, filters: PeopleFilters) -> list[Person]:
    """Everyone under the filters, which is recorded; raises Invalid, Forbidden."""
    access.require(actor, permissions.VIEW)
    found = list(queries.every_person(actor, filters))
    with transaction.atomic():
        record(actor, "member.exported", subject_id=actor.account_id, data={"count": len(found)})
    return found
