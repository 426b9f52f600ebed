"""Limits on what someone who is signed in may try."""

from allauth.core import ratelimit


def password_tries_left(request) -> bool:
    """Count one try to confirm a password; False when this person has used up those of the running minute."""
    return ratelimit.consume(request, action="reauthenticate", user=request.actor.user)


def address_tries_left(request) -> bool:
    """Count one try to change the address, which sends mail; False when those of the running hour are used up."""
    return ratelimit.consume(request, action="change_email", user=request.actor.user)
