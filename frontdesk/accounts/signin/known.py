"""Browsers in which somebody signed in before: guesses elsewhere never keep them out."""

from django.conf import settings
from django.core import signing

from ..models import User

COOKIE = "frontdesk_known"
AGE = 365 * 24 * 3600
SALT = "known browser"


def remember(response, user: User) -> None:
    """Let the browser show from now on that this user signed in with it."""
    value = signing.dumps(user.pk.hex, salt=SALT)
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(COOKIE, value, max_age=AGE, samesite="Lax", httponly=True, secure=secure)


def is_known(request, login: str) -> bool:
    """Whether the owner of that login signed in with this browser before."""
    try:
        owner = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=AGE)
    except signing.BadSignature:
        return False
    user = User.objects.filter(pk=owner).first()
    return user is not None and login in (user.email, user.username)
