"""Small pieces of markup that pages have by the dozen, made in Python because a macro call costs ten times more."""

from functools import lru_cache

from django.conf import settings
from django.templatetags.static import static
from markupsafe import Markup

from .formats import hue, initials

_KEPT = 2048


@lru_cache(_KEPT)
def static_address(path: str) -> str:
    """The address of a built file; the plain one while nothing is collected, so that error pages render."""
    try:
        return static(path)
    except ValueError:
        return settings.STATIC_URL + path


@lru_cache(_KEPT)
def icon(name: str, classes: str = "") -> Markup:
    """An icon of the sprite, hidden from assistive technology; its button or link carries the label."""
    return Markup('<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>').format(
        f"icon {classes}".strip(), static_address("dist/icons.svg"), name
    )


@lru_cache(_KEPT)
def avatar(name: str, key: str = "", classes: str = "") -> Markup:
    """Initials on one of eight hues; `key` (an id) keeps the hue when the name changes."""
    return Markup('<span class="{}" aria-hidden="true">{}</span>').format(
        f"avatar hue-{hue(key or name)} {classes}".strip(), initials(name)
    )


def csrf_input(token: str) -> Markup:
    """The hidden input that carries a token."""
    return Markup('<input type="hidden" name="csrfmiddlewaretoken" value="{}">').format(token)


def brand(account) -> str:
    """The letter on the mark of an account; the product's own when nobody is signed in."""
    return (account.name.strip()[:1] if account else "F").upper() or "F"
