"""Who may see and change which form: the only place that decides."""

import base64
import binascii
import hmac
from uuid import UUID

from django.db.models import QuerySet

from frontdesk.accounts.models import Account
from frontdesk.clients import access as clients
from frontdesk.core.errors import Forbidden, Missing
from frontdesk.core.tenancy.context import account_context

from . import permissions
from .models import Inquiry, InquiryForm

_LENGTH = 22


def require(actor, right: str) -> None:
    """Raise Forbidden unless the actor holds the right."""
    if not actor.may(right):
        raise Forbidden(right)


def forms_for(actor) -> QuerySet[InquiryForm]:
    """The forms that the actor may see; raises Forbidden."""
    require(actor, permissions.VIEW)
    return InquiryForm.objects.all()


def get_form(actor, form_id: UUID) -> InquiryForm:
    """One of them; raises Missing, Forbidden."""
    found = forms_for(actor).select_related("team").filter(pk=form_id).first()
    if found is None:
        raise Missing("inquiry form")
    return found


def inquiries_for(actor) -> QuerySet[Inquiry]:
    """What came from clients whom the actor sees; raises Forbidden."""
    require(actor, permissions.VIEW)
    ids = clients.visible_client_ids(actor)
    return Inquiry.objects.all() if ids is None else Inquiry.objects.filter(client_id__in=ids)


def address_of(form: InquiryForm) -> str:
    """How the public address names a form: its account, and what nobody guesses."""
    return base64.urlsafe_b64encode(form.account_id.bytes).decode().rstrip("=") + form.token


def _account_of(address: str) -> Account | None:
    try:
        raw = base64.b64decode(f"{address[:_LENGTH]}==".encode(), altchars=b"-_", validate=True)
        return Account.objects.filter(pk=UUID(bytes=raw)).first()
    except (binascii.Error, ValueError):
        return None


def at_address(address: str) -> tuple[Account, InquiryForm]:
    """The form of a public address, which whoever has it may fill in; raises Missing."""
    account, token = _account_of(address), address[_LENGTH:]
    if account is not None and len(token) == 16 and token.isascii() and token.isprintable():
        with account_context(account):
            found = InquiryForm.objects.select_related("team").filter(token=token).first()
        if found is not None and hmac.compare_digest(found.token, token):
            return account, found
    raise Missing("inquiry form")
