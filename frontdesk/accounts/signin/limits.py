"""Limits on guessing the password of someone who is signed in."""

from allauth.core import ratelimit


def password_tries_left(request) -> bool:
    """Count one try to confirm a password; False when this person has used up those of the running minute."""
    return ratelimit.consume(request, action="reauthenticate", user=request.actor.user)
