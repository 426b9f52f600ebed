"""What the settings' layout needs."""

from frontdesk.core import registry
from frontdesk.ui.jinja import url_if


def pages_of(actor) -> list[dict]:
    """The pages of the settings that the actor may open: {key, label, href, icon}."""
    return [
        {"key": item.key, "label": str(item.label), "href": url_if(item.url_name), "icon": item.icon}
        for item in registry.visible(registry.settings_pages, actor)
        if url_if(item.url_name)
    ]
