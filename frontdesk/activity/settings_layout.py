"""What the settings' layout and its index need."""

from frontdesk.core import registry
from frontdesk.core.fold import fold
from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.ui.jinja import url_if

GROUPS = {
    "business": _lazy("The business"),
    "people": _lazy("People and sign-in"),
    "clients": _lazy("%(Clients)s"),
    "data": _lazy("Data and upkeep"),
}


def _shown(item: registry.SettingsPage) -> dict:
    group = item.group if item.group in GROUPS else "business"
    return {
        "key": item.key, "label": str(item.label), "href": url_if(item.url_name), "icon": item.icon,
        "text": str(item.text), "group": group, "heading": str(GROUPS[group]),
    }  # fmt: skip


def _pages(actor, *, elsewhere: bool) -> list[dict]:
    items = registry.visible(registry.settings_pages, actor)
    pages = [_shown(item) for item in items if url_if(item.url_name) and (elsewhere or not item.elsewhere)]
    return sorted(pages, key=lambda one: list(GROUPS).index(one["group"]))


def pages_of(actor) -> list[dict]:
    """The pages in the settings' frame that the actor may open, group by group, as `ui.subnav` takes them."""
    return _pages(actor, elsewhere=False)


def _found(pages: list[dict], query: str) -> list[dict]:
    """The pages whose label, text or group hold every word of the query, however it is accented."""
    wanted = fold(query).split()

    def said(one: dict) -> str:
        return fold(f"{one['label']} {one['text']} {one['heading']}")

    return [one for one in pages if all(word in said(one) for word in wanted)]


def groups_of(actor, query: str = "") -> list[dict]:
    """The groups with the pages that the actor may open and the query finds: [{label, pages}]."""
    pages = _found(_pages(actor, elsewhere=True), query)
    grouped = [
        {"label": label, "pages": [one for one in pages if one["group"] == key]} for key, label in GROUPS.items()
    ]
    return [group for group in grouped if group["pages"]]
