"""REST: the account."""

from django.db import transaction
from ninja import Router

from frontdesk.core.rest.answers import answer
from frontdesk.core.rest.operation import operation

from .. import actions
from ..actions.setup import AccountInput
from ..permissions import ACCOUNT_EDIT, ACCOUNT_VIEW
from . import schemas, shapes

router = Router(tags=["Account"])
FIELDS = ("name", "language", "time_zone", "currency", "country", "contact_email", "contact_phone")


@operation(router, "GET", "/account", right=ACCOUNT_VIEW, answer=schemas.AccountOut, summary="Show the account")
def show(request):
    """The account that the token belongs to."""
    return answer(shapes.account(request.actor.account))


@operation(router, "PATCH", "/account", right=ACCOUNT_EDIT, answer=schemas.AccountOut, summary="Change the account")
def change(request, body: schemas.AccountPatch):
    """Name, language, time zone, currency, country, and whether the office must have a second factor."""
    changed = body.dict(exclude_none=True)
    required = changed.pop("require_second_factor", None)
    kept = {name: getattr(request.actor.account, name) for name in FIELDS}
    with transaction.atomic():
        account = actions.change_account(request.actor, AccountInput(**{**kept, **changed}))
        if required is not None:
            account = actions.require_second_factor(request.actor, required)
    return answer(shapes.account(account))
