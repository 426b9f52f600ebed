"""REST: the account."""

from ninja import Router

from frontdesk.core.rest.answers import answer
from frontdesk.core.rest.operation import operation

from .. import actions
from ..actions.setup import AccountInput
from ..permissions import ACCOUNT_EDIT, ACCOUNT_VIEW
from . import schemas, shapes

router = Router(tags=["Account"])
FIELDS = ("name", "language", "time_zone", "currency", "country")


@operation(router, "GET", "/account", right=ACCOUNT_VIEW, answer=schemas.AccountOut, summary="Show the account")
def show(request):
    """The account that the token belongs to."""
    return answer(shapes.account(request.actor.account))


@operation(router, "PATCH", "/account", right=ACCOUNT_EDIT, answer=schemas.AccountOut, summary="Change the account")
def change(request, body: schemas.AccountPatch):
    """Name, language, time zone, currency, country."""
    kept = {name: getattr(request.actor.account, name) for name in FIELDS}
    typed = AccountInput(**{**kept, **body.dict(exclude_none=True)})
    return answer(shapes.account(actions.change_account(request.actor, typed)))
