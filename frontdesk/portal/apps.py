"""Start-up of this part."""

from django.apps import AppConfig

from frontdesk.core.registry import NavItem, navigation
from frontdesk.core.text import gettext_lazy as _lazy


class PortalConfig(AppConfig):
    """Registers what this part offers to the others."""

    name = "frontdesk.portal"
    label = "portal"

    def ready(self):
        """Register the navigation of clients and guests."""
        from frontdesk.clients.permissions import DETAILS, PORTAL_AVAILABILITY, PORTAL_GUESTS

        entries = (
            ("portal-home", _lazy("Home"), "portal:home", "home", None),
            ("portal-details", _lazy("Details"), "portal:details", "id-badge", DETAILS),
            ("portal-availability", _lazy("Availability"), "portal:availability", "clock", PORTAL_AVAILABILITY),
            ("portal-team", _lazy("Team"), "portal:team", "users", None),
            ("portal-guests", _lazy("Guests"), "portal:guests", "user-heart", PORTAL_GUESTS),
            ("profile", _lazy("Account"), "accounts:profile", "user-circle", None),
        )
        for order, (key, label, url_name, icon, right) in enumerate(entries):
            navigation.register(key, NavItem(key, label, url_name, icon, "portal", right, order))
