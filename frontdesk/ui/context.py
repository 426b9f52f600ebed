"""What every page knows; nothing here asks the database before a template uses it."""

from functools import cache

from django.middleware.csrf import get_token
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from frontdesk.core import registry

from .flash import shown
from .jinja import csrf_input, url_if


def _audience(actor) -> str:
    return "portal" if actor.is_portal else "team"


def navigation_of(actor) -> list[dict]:
    """The entries of the main navigation that this actor may open: {key, label, href, icon}."""
    if actor is None:
        return []
    return [
        {"key": item.key, "label": str(item.label), "href": url_if(item.url_name), "icon": item.icon}
        for item in registry.visible(registry.navigation, actor)
        if item.audience == _audience(actor) and url_if(item.url_name)
    ]


def other_accounts(actor) -> list:
    """The reader's active memberships in other accounts."""
    if actor is None or actor.user is None or not hasattr(actor.user, "other_members"):
        return []
    return list(actor.user.other_members(actor))


def page(request) -> dict:
    """Context processor: who reads, in which account, language and theme, and where they can go."""
    actor = getattr(request, "actor", None)
    user = actor.user if actor else None
    token = SimpleLazyObject(lambda: get_token(request))
    return {
        "actor": actor,
        "account": actor.account if actor else None,
        "navigation": SimpleLazyObject(lambda: navigation_of(actor)),
        "messages": SimpleLazyObject(lambda: shown(request)),
        "theme": (user.theme if user else "") or request.COOKIES.get("frontdesk_theme", "auto"),
        "language": translation.get_language() or "en",
        "accounts": cache(lambda: other_accounts(actor)),
        # One token a page: each call would mask it anew, and a page has many forms.
        "csrf_token": token,
        "csrf_once": cache(lambda: csrf_input(str(token))),
    }
