"""REST: which files the account takes."""

from ninja import Router

from frontdesk.core.rest.answers import answer
from frontdesk.core.rest.operation import operation

from .. import actions, permissions
from ..limits import Limits, cap, limits
from . import schemas

router = Router(tags=["Files"])


def _out(taken: Limits) -> dict:
    return {"extensions": list(taken.extensions), "megabytes": taken.megabytes, "most_megabytes": cap()}


@operation(router, "GET", "/files/limits", right=permissions.VIEW, answer=schemas.LimitsOut, summary="Show the limits")
def show(request):
    """Which files may be uploaded, and how large they may be."""
    return answer(_out(limits()))


@operation(router, "PUT", "/files/limits", right=permissions.LIMITS, answer=schemas.LimitsOut, summary="Set the limits")
def change(request, body: schemas.LimitsIn):
    """Choose which files may be uploaded; what was taken before stays."""
    return answer(_out(actions.set_limits(request.actor, body.extensions, body.megabytes)))
