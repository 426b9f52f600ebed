"""REST: oneself."""

from django.db import transaction
from ninja import Router

from frontdesk.core.errors import Conflict, Invalid
from frontdesk.core.rest.answers import answer, no_content
from frontdesk.core.rest.operation import operation
from frontdesk.core.text import gettext as _

from .. import actions
from ..actions.profile import ProfileInput
from ..forms.profile import ProfileForm
from ..permissions import PROFILE_EDIT, PROFILE_VIEW
from ..signin.limits import address_tries_left, password_tries_left
from . import schemas, shapes

router = Router(tags=["You"])


def _limit_guessing(request, mails: bool = False) -> None:
    if request.actor.user and not (password_tries_left(request) and (not mails or address_tries_left(request))):
        raise Invalid({"current_password": [_("Too many tries. Please wait a few minutes, then try once more.")]})


@operation(router, "GET", "/me", right=PROFILE_VIEW, answer=schemas.MeOut, summary="Show yourself")
def show(request):
    """Whom the token acts as, and with which rights."""
    return answer(shapes.me(request.actor))


@operation(router, "PATCH", "/me", right=PROFILE_EDIT, answer=schemas.MeOut, summary="Change yourself")
def change(request, body: schemas.MePatch):
    """Change your own profile; a new e-mail address takes the current password and counts once confirmed there."""
    actor = request.actor
    if actor.user is None:
        raise Conflict(_("Only a person can do this."))
    typed = body.dict(exclude_unset=True)
    password, email = typed.pop("current_password", ""), typed.pop("email", None)
    if email is not None:
        _limit_guessing(request, mails=True)
    kept = {key: value for key, value in typed.items() if value is not None}
    with transaction.atomic():
        if email is not None:
            actions.change_email(actor, email=email, current_password=password)
        if kept:
            actions.change_profile(actor, ProfileInput(**{**ProfileForm.of(actor), **kept}))
    return answer(shapes.me(actor))


@operation(router, "POST", "/me/password", right=PROFILE_EDIT, status=204, summary="Change your password")
def change_password(request, body: schemas.PasswordIn):
    """Change your own password; every session in a browser ends, tokens stay."""
    _limit_guessing(request)
    actions.change_own_password(request.actor, current_password=body.current_password, password=body.password)
    return no_content()
