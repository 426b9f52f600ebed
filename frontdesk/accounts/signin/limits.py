"""Limits on what may be tried, by someone who is signed in, by the link of a mail, or by a public form."""

import hashlib
import hmac

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from allauth.core.internal import ratelimit as answering
from django.conf import settings
from django.http import HttpResponse


def password_tries_left(request) -> bool:
    """Count one try to confirm a password; False when this person has used up those of the running minute."""
    return ratelimit.consume(request, action="reauthenticate", user=request.actor.user)


def address_tries_left(request) -> bool:
    """Count one try to change the address, which sends mail; False when those of the running hour are used up."""
    return ratelimit.consume(request, action="change_email", user=request.actor.user)


def link_guesses_over(request) -> HttpResponse | None:
    """Count one link that leads nowhere; the refusal when this visitor tried too many in the running minute."""
    return answering.consume_or_429(request, app="allauth.account", action="unsubscribe_guess", limit_get=True)


def link_changes_over(request, key: str) -> HttpResponse | None:
    """Count one change by a link; the refusal when those of the running hour are used up for this key."""
    return answering.consume_or_429(request, app="allauth.account", action="unsubscribe", key=key)


def visitor_of(request) -> str:
    """A mark of the visitor's address, of a whole network with IPv6, that does not tell the address."""
    address = answering.truncate_ip(get_adapter().get_client_ip(request))
    return hmac.digest(f"frontdesk visitor\0{settings.SECRET_KEY}".encode(), address.encode(), hashlib.sha256).hex()


def inquiry_left(request, what: str, key: str) -> bool:
    """Count one thing that a public form does for a key; False when those of its span are used up.

    `what` is "try", "photo", "form_photo", "visitor", "address", "form" or "letter".
    """
    return ratelimit.consume(request, action=f"inquiry_{what}", key=key)
