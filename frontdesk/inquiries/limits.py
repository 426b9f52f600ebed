"""How much one visitor, one address and one form may send in an hour."""

from frontdesk.accounts.signin.limits import inquiry_left, visitor_of
from frontdesk.conversations.senders import Sender

from .models import InquiryForm


def tries_left(request) -> bool:
    """Count one page that was sent, complete or not."""
    return inquiry_left(request, "try", visitor_of(request))


def photo_left(request, form: InquiryForm) -> bool:
    """Count one photo for its visitor and its form; False when one of them has sent enough."""
    return inquiry_left(request, "photo", visitor_of(request)) and inquiry_left(request, "form_photo", str(form.pk))


def sending_left(request, form: InquiryForm, sender: Sender) -> bool:
    """Count one inquiry for its visitor, its addresses and its form; False when one of them has sent enough."""
    addresses = [f"{form.pk}:{one}" for one in (sender.email, sender.phone) if one]
    return (
        inquiry_left(request, "visitor", visitor_of(request))
        and all(inquiry_left(request, "address", one) for one in addresses)
        and inquiry_left(request, "form", str(form.pk))
    )


def letter_left(request, address: str) -> bool:
    """Count one letter to an address, over all forms of the installation, so that nobody floods it by way of them."""
    return inquiry_left(request, "letter", address)
