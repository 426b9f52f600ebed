"""Limits on what may be tried, by someone who is signed in or by the link of a mail."""

from allauth.core import ratelimit
from allauth.core.internal import ratelimit as answering
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
