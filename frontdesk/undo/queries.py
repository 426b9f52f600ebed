"""Reads of recent changes for pages and API."""

from dataclasses import dataclass
from uuid import UUID

from frontdesk.core import paging

from . import access, actions
from .models import Change, LeftOut, State
from .reasons import said
from .registry import change_kinds


@dataclass(frozen=True)
class ChangeRow:
    """A change as it is shown."""

    change: Change
    text: str
    icon: str
    can_undo: bool


@dataclass(frozen=True)
class LeftRow:
    """A record that was left as it was; `name` is "" when it is gone."""

    about: UUID
    name: str
    reason: str


def shown(actor, change: Change) -> ChangeRow:
    """A change with its sentence, and whether the actor may undo it now."""
    kind = change_kinds[change.kind]
    can_undo = actor.may("undo.change:undo") and actor.may(kind.right) and not actions.why_not(change)
    return ChangeRow(change, kind.describe(change), kind.icon, can_undo)


def recent(
    actor, *, kind: str = "", state: str = "", after: str = "", before: str = "", limit: int = paging.LIMIT
) -> paging.Page:
    """Changes that the actor may see, newest first, as ChangeRows."""
    found = access.changes_for(actor).select_related("member", "undone_by")
    if kind:
        found = found.filter(kind=kind)
    if state in State.values:
        found = found.filter(state=state)
    page = paging.page(found, ["-id"], after=after, before=before, limit=limit)
    return paging.Page([shown(actor, change) for change in page.rows], page.after, page.before)


def left_out(change: Change, *, undoing: bool, after: str = "", limit: int = paging.LIMIT) -> paging.Page:
    """The records that a change, or its undo, left as they were, as LeftRows."""
    found = LeftOut.objects.filter(change_id=change.pk, undoing=undoing)
    page = paging.page(found, ["id"], after=after, limit=limit)
    names = change_kinds[change.kind].names([row.about for row in page.rows])
    rows = [LeftRow(row.about, names.get(row.about, ""), said(row.reasons)) for row in page.rows]
    return paging.Page(rows, page.after, page.before)


def kind_choices(actor) -> list[tuple[str, str]]:
    """The kinds that the actor may see, with their labels."""
    return [(key, str(change_kinds[key].label)) for key in access.kinds_for(actor)]
