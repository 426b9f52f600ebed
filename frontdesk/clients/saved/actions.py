"""What can be done with saved views."""

from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from frontdesk.activity.spine import record
from frontdesk.core.checks import Errors
from frontdesk.core.errors import Forbidden, Missing
from frontdesk.core.tenancy.prepared import PreparedObjects
from frontdesk.core.text import gettext as _

from .. import access, columns, permissions
from ..custom.values import fields_in_use
from ..listing import SORTS, Filters, narrow
from .models import SavedView

MOST = 100
VISIBLE = PreparedObjects(
    SavedView,
    {},
    lambda member_id: SavedView.objects.filter(Q(member_id=member_id) | Q(shared=True)).order_by("position", "id"),
)


@dataclass
class ViewInput:
    """A view as typed; `filters` by the names of Filters."""

    name: str
    shared: bool = False
    is_default: bool = False
    filters: dict[str, str] = field(default_factory=dict)
    sort: str = "name"
    columns: list[str] = field(default_factory=list)


def views_of(actor) -> list[SavedView]:
    """The actor's own views and those shared with the team, in order; one query."""
    return VISIBLE(actor.id) if actor.id else []


def default_of(actor, views: list[SavedView]) -> SavedView | None:
    """What the list opens with: the actor's own default, else the team's."""
    defaults = [view for view in views if view.is_default]
    own = [view for view in defaults if view.member_id == actor.id]
    return next(iter(own or defaults), None)


def may_change(actor, view: SavedView) -> bool:
    """Whether the actor may change a view that they see: their own, an admin any shared one."""
    return view.member_id == actor.id or actor.is_admin


def get_view(actor, view_id: UUID) -> SavedView:
    """A view that the actor may change; raises Missing, Forbidden."""
    access.require(actor, permissions.SAVE_VIEWS)
    found = next((view for view in views_of(actor) if view.pk == view_id), None)
    if found is None:
        raise Missing("view")
    if not may_change(actor, found):
        raise Forbidden("view")
    return found


def _checked(actor, typed: ViewInput) -> dict:
    errors = Errors()
    name = errors.line("name", typed.name, 60, required=True)
    if typed.sort not in SORTS:
        errors.add("sort", _("Choose one of: %(choices)s.", choices=", ".join(SORTS)))
    for unknown in set(typed.filters) - set(vars(Filters())):
        errors.add("filters", _("There is no such filter: %(name)s.", name=str(unknown)[:40]))
    errors.raise_any()
    filters = Filters(**typed.filters)
    narrow(actor, filters)
    keys = [column.key for column in columns.chosen(typed.columns, fields_in_use())]
    keys = [] if tuple(keys) == columns.USUAL else keys
    return {
        "name": name, "shared": typed.shared, "is_default": typed.is_default, "filters": filters.active(),
        "sort": typed.sort, "columns": keys,
    }  # fmt: skip


def _of_same_kind(view: SavedView) -> QuerySet[SavedView]:
    """The views among which at most one is the default: the team's, or one's own."""
    same = SavedView.objects.filter(shared=view.shared)
    return same if view.shared else same.filter(member_id=view.member_id)


def _only_default(view: SavedView) -> None:
    if view.is_default:
        _of_same_kind(view).exclude(pk=view.pk).filter(is_default=True).update(is_default=False)


def _require_sharing(actor, shared: bool) -> None:
    access.require(actor, permissions.SAVE_VIEWS)
    if shared:
        access.require(actor, permissions.SHARE_VIEWS)


def save_view(actor, typed: ViewInput) -> SavedView:
    """Keep filters, order and columns under a name; raises Invalid, Forbidden."""
    _require_sharing(actor, typed.shared)
    values = _checked(actor, typed)
    with transaction.atomic():
        positions = list(SavedView.objects.filter(member_id=actor.id).values_list("position", flat=True))
        if len(positions) >= MOST:
            errors = Errors()
            errors.add("name", _("At most %(most)s are allowed.", most=MOST))
            errors.raise_any()
        position = max(positions, default=0) + 1
        made = SavedView.objects.create(account_id=actor.account_id, member_id=actor.id, position=position, **values)
        _only_default(made)
        record(actor, "client_view.saved", subject_id=made.pk, data={"shared": made.shared})
    return made


def change_view(actor, view: SavedView, typed: ViewInput) -> SavedView:
    """Replace everything of a view that `get_view` gave; raises Invalid, Forbidden."""
    _require_sharing(actor, typed.shared)
    values = _checked(actor, typed)
    changed = [name for name, value in values.items() if getattr(view, name) != value]
    if not changed:
        return view
    for name in changed:
        setattr(view, name, values[name])
    with transaction.atomic():
        view.save(update_fields=changed)
        _only_default(view)
        record(actor, "client_view.changed", subject_id=view.pk, data={"changed": sorted(changed)})
    return view


def delete_view(actor, view: SavedView) -> None:
    """Forget a view that `get_view` gave; raises Forbidden."""
    access.require(actor, permissions.SAVE_VIEWS)
    with transaction.atomic():
        record(actor, "client_view.deleted", subject_id=view.pk, data={"shared": view.shared})
        view.delete()


def move_view(actor, view: SavedView, by: int) -> None:
    """Move a view up (-1) or down (+1) among those that the actor sees."""
    access.require(actor, permissions.SAVE_VIEWS)
    views = views_of(actor)
    place = next(number for number, one in enumerate(views) if one.pk == view.pk)
    target = min(max(place + by, 0), len(views) - 1)
    views.insert(target, views.pop(place))
    with transaction.atomic():
        for position, one in enumerate(views, 1):
            one.position = position
        SavedView.objects.bulk_update([one for one in views if may_change(actor, one)], ["position"])
