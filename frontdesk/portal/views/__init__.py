"""Pages of clients and guests."""

from .availability import availability
from .details import contact_edit, contact_new, contact_remove, details
from .home import enter, home, team

__all__ = ["availability", "contact_edit", "contact_new", "contact_remove", "details", "enter", "home", "team"]
