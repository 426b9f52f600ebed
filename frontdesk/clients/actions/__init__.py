"""Everything that can be done with clients; each verb checks the right, writes in one transaction, records once."""

from .addresses import add_address, remove_address, update_address
from .assignments import assign, set_team, unassign
from .availability import Interval, set_availability
from .contacts import add_contact, make_primary, remove_contact, update_contact
from .notes import add_note, delete_note, edit_note
from .portal import close_access, invitation_link, invite_again, invite_client, open_sign_in, why_not_invited
from .records import create_client, delete_client, update_client
from .status import set_status
from .tags import set_tags

__all__ = [
    "Interval",
    "add_address",
    "add_contact",
    "add_note",
    "assign",
    "close_access",
    "create_client",
    "delete_client",
    "delete_note",
    "edit_note",
    "invitation_link",
    "invite_again",
    "invite_client",
    "make_primary",
    "open_sign_in",
    "remove_address",
    "remove_contact",
    "set_availability",
    "set_status",
    "set_tags",
    "set_team",
    "unassign",
    "update_address",
    "update_client",
    "update_contact",
    "why_not_invited",
]
