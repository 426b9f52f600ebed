"""Pages of clients and guests."""

from .availability import availability
from .details import contact_edit, contact_new, contact_remove, details
from .files import files
from .guests import guest, guest_add, guests
from .home import enter, home, team
from .subscriptions import subscriptions

__all__ = [
    "availability",
    "contact_edit",
    "contact_new",
    "contact_remove",
    "details",
    "enter",
    "files",
    "guest",
    "guest_add",
    "guests",
    "home",
    "subscriptions",
    "team",
]
