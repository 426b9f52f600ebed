"""REST: saved views of the list of clients."""

from uuid import UUID

from ninja import Router
from pydantic import Field

from frontdesk.core.rest.answers import answer, no_content
from frontdesk.core.rest.operation import operation
from frontdesk.core.rest.schemas import Input, Schema

from .. import permissions
from . import actions
from .models import SavedView

router = Router(tags=["Saved views"])
VIEW = "/client-views/{uuid:view_id}"
SAVE = permissions.SAVE_VIEWS


class ViewIn(Input):
    """A view; `filters` as the list takes them, `columns` the keys of columns in order (none: the usual ones)."""

    name: str = Field(max_length=400)
    shared: bool = False
    is_default: bool = False
    filters: dict[str, str] = Field({}, max_length=40)
    sort: str = Field("name", max_length=20)
    columns: list[str] = Field([], max_length=40)

    def typed(self) -> actions.ViewInput:
        """The value that the verbs take."""
        return actions.ViewInput(**dict(self))


class ViewOut(Schema):
    """A saved view; `own` says whether it is the token's member's."""

    id: UUID
    name: str
    shared: bool
    is_default: bool
    own: bool
    filters: dict[str, str]
    sort: str
    columns: list[str]


class ViewRows(Schema):
    """All that the member sees, in order."""

    data: list[ViewOut]


def _out(actor, view: SavedView) -> dict:
    names = ("id", "name", "shared", "is_default", "filters", "sort", "columns")
    return {**{name: getattr(view, name) for name in names}, "own": view.member_id == actor.id}


@operation(router, "GET", "/client-views", right=permissions.VIEW, answer=ViewRows, summary="List saved views")
def list_views(request):
    """One's own views and those shared with the team."""
    return answer({"data": [_out(request.actor, view) for view in actions.views_of(request.actor)]})


@operation(router, "POST", "/client-views", right=SAVE, answer=ViewOut, status=201, summary="Save a view")
def save_view(request, body: ViewIn):
    """Keep filters, order and columns of the list under a name."""
    return answer(_out(request.actor, actions.save_view(request.actor, body.typed())), 201)


@operation(router, "PUT", VIEW, right=SAVE, obj="client_view", answer=ViewOut, summary="Change a saved view")
def change_view(request, view_id: UUID, body: ViewIn):
    """Replace a view; those of others only as an admin."""
    view = actions.get_view(request.actor, view_id)
    return answer(_out(request.actor, actions.change_view(request.actor, view, body.typed())))


@operation(router, "DELETE", VIEW, right=SAVE, obj="client_view", status=204, summary="Delete a saved view")
def delete_view(request, view_id: UUID):
    """Forget a view."""
    actions.delete_view(request.actor, actions.get_view(request.actor, view_id))
    return no_content()
