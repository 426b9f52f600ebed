"""What happened to somebody's conversations while they were away."""

from dataclasses import dataclass, replace

from frontdesk.core import paging

from .. import access
from ..absences import answered_in
from ..models import Conversation, Covered


@dataclass(frozen=True)
class CoveredRow:
    """A conversation that a deputy had; `answered_by` are the names of those who wrote to the client meanwhile."""

    covered: Covered
    answered_by: list[str]

    @property
    def conversation(self) -> Conversation:
        """Which one."""
        return self.covered.conversation


def covered(actor, *, after: str = "", limit: int = paging.LIMIT) -> paging.Page:
    """A page of the actor's own conversations that somebody else had meanwhile, the latest first; raises Invalid."""
    seen = access.conversations_for(actor).values("pk")
    found = Covered.objects.filter(member_id=actor.id, conversation_id__in=seen)
    page = paging.page(found.select_related("conversation__client", "deputy"), ["-id"], after=after, limit=limit)
    answered = answered_in(list(page.rows))
    return replace(page, rows=[CoveredRow(row, answered[row.pk]) for row in page.rows])
