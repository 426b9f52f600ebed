"""The two pieces of markup that appear in every row, made in Python because a macro call costs ten times more."""

from functools import lru_cache

from django.templatetags.static import static
from markupsafe import Markup

from .formats import hue, initials

_KEPT = 2048
_sprite: list[str] = []


def sprite() -> str:
    """The address of the icon sprite; looked up once a process."""
    if not _sprite:
        _sprite.append(static("dist/icons.svg"))
    return _sprite[0]


@lru_cache(_KEPT)
def icon(name: str, classes: str = "") -> Markup:
    """An icon of the sprite, hidden from assistive technology; its button or link carries the label."""
    return Markup('<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>').format(
        f"icon {classes}".strip(), sprite(), name
    )


@lru_cache(_KEPT)
def avatar(name: str, key: str = "", classes: str = "") -> Markup:
    """Initials on one of eight hues; `key` (an id) keeps the hue when the name changes."""
    return Markup('<span class="{}" aria-hidden="true">{}</span>').format(
        f"avatar hue-{hue(key or name)} {classes}".strip(), initials(name)
    )


def brand(account) -> str:
    """The letter on the mark of an account; the product's own when nobody is signed in."""
    return (account.name.strip()[:1] if account else "F").upper() or "F"
