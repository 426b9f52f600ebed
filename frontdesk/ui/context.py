"""What every page knows; nothing here asks the database before a template uses it."""

from collections.abc import Mapping
from functools import cache
from time import time
from types import MappingProxyType
from typing import NamedTuple
from uuid import UUID

from django.middleware.csrf import get_token
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from frontdesk.core import registry
from frontdesk.core.reader import in_language
from frontdesk.core.text import gettext

from . import formats
from .flash import shown
from .jinja import csrf_input, url_if


def _audience(actor) -> str:
    return "portal" if actor.is_portal else "team"


class Entry(NamedTuple):
    """An entry of the main navigation; `unread` is shown beside it unless it is 0, and follows live by `counter`."""

    key: str
    label: str
    href: str
    icon: str
    unread: int = 0
    counter: str = ""
    counted: str = ""


class Business(NamedTuple):
    """An account as the shell shows it; `member_id` is the reader's membership in it."""

    name: str
    member_id: UUID


class Shell(NamedTuple):
    """What surrounds a page, as far as it depends on who reads: plain values that kept parts are told apart by."""

    business: Business
    others: tuple[Business, ...]
    name: str
    member_id: UUID
    role: str
    theme: str
    away: str


def navigation_of(actor, unread: Mapping[str, int] = MappingProxyType({})) -> tuple[Entry, ...]:
    """The entries of the main navigation that this actor may open, with what waits there unread."""
    if actor is None:
        return ()
    return tuple(
        Entry(
            item.key,
            str(item.label),
            url_if(item.url_name),
            item.icon,
            unread.get(item.counter, 0),
            item.counter,
            str(item.counted),
        )
        for item in registry.visible(registry.navigation, actor)
        if item.audience == _audience(actor) and url_if(item.url_name)
    )


def _other_businesses(actor) -> tuple[Business, ...]:
    """The reader's active memberships in other accounts."""
    if actor.user is None or not hasattr(actor.user, "other_members"):
        return ()
    return tuple(Business(member.account.name, member.id) for member in actor.user.other_members(actor))


def _shell(actor, theme: str) -> Shell | None:
    if actor is None:
        return None
    return Shell(
        Business(actor.account.name, actor.id), _other_businesses(actor),
        actor.name or str(actor.user), actor.id, actor.get_role_display(), theme,
        formats.away(actor.away_from, actor.away_until),
    )  # fmt: skip


def preview_of(actor) -> dict | None:
    """The banner for whoever looks through somebody else's eyes, in their own language; None for everybody else."""
    viewer = getattr(actor, "viewer", None)
    if viewer is None:
        return None
    with in_language(viewer.user.language or viewer.account.language):
        text = gettext("You see this as %(name)s does. Nothing can be changed.", name=actor.name)
        return {"text": text, "back": gettext("Back to your own pages"), "language": translation.get_language()}


def page(request) -> dict:
    """Context processor: who reads, in which account, language and theme, and where they can go."""
    actor = getattr(request, "actor", None)
    user = actor.user if actor else None
    token = SimpleLazyObject(lambda: get_token(request))
    unread = cache(lambda: registry.unread_of(actor) if actor else {})
    theme = (user.theme if user else "") or request.COOKIES.get("frontdesk_theme", "auto")
    return {
        "actor": actor,
        "account": actor.account if actor else None,
        "navigation": cache(lambda: navigation_of(actor, unread())),
        "everywhere": cache(
            lambda: "".join(f" {name}" for name, right in registry.page_topics.items() if actor.may(right))
        ),
        "bell_count": cache(lambda: unread().get("bell", 0)),
        "messages": SimpleLazyObject(lambda: shown(request)),
        "watched": preview_of(actor),
        "shell": cache(lambda: _shell(actor, theme)),
        "theme": theme,
        "page_moment": f"@{int(getattr(request, 'began_at', time()) * 1000)}",
        "page_address": request.get_full_path(),
        "language": translation.get_language() or "en",
        # One token a page: each call would mask it anew, and a page has many forms.
        "csrf_token": token,
        "csrf_once": cache(lambda: csrf_input(str(token))),
    }
