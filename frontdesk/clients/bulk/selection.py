"""Which clients a bulk action is for: those chosen, or all that pass the list's filters."""

from dataclasses import dataclass, field
from uuid import UUID

from frontdesk.core.errors import Invalid
from frontdesk.core.text import gettext as _

from .. import access, queries

MOST_CHOSEN = 1000


@dataclass
class Selection:
    """`clients` are chosen one by one; with `all` it is everything under the filters instead."""

    clients: list[UUID] = field(default_factory=list)
    all: bool = False
    filters: queries.Filters = field(default_factory=queries.Filters)

    def found(self, actor):
        """The clients as a queryset; raises Invalid for a bad filter, or a search that was cut at its limit."""
        if not self.all:
            return access.clients_for(actor).filter(pk__in=self.clients[:MOST_CHOSEN])
        found, cut = queries.narrow(actor, self.filters)
        if cut:
            raise Invalid({"clients": [_("Too many match this search. Write more of the name to narrow it down.")]})
        return found

    def ids(self, actor) -> list[UUID]:
        """Their ids in order of age; raises Invalid when nothing or somebody out of sight was chosen."""
        found = list(self.found(actor).order_by("id").values_list("id", flat=True))
        if not self.all and len(found) != len(set(self.clients)):
            raise Invalid({"clients": [_("Some of these are not there any more. Load the list again.")]})
        if not found:
            raise Invalid({"clients": [_("Choose at least one.")]})
        return found
