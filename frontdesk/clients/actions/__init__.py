"""Everything that can be done with clients; each verb checks the right, writes in one transaction, records once."""

from .addresses import add_address, remove_address, update_address
from .assignments import assign, set_team, unassign
from .availability import Interval, set_availability
from .contacts import add_contact, make_primary, remove_contact, update_contact
from .guest_verbs import do_with_guest, guest_added
from .guests import (
    GuestInput,
    add_guest,
    guest_link,
    invite_guest_again,
    remove_guest,
    switch_guest_off,
    switch_guest_on,
    why_no_guests,
)
from .notes import add_note, delete_note, edit_note
from .options import set_client_options, set_portal_options
from .portal import (
    close_access,
    invitation_link,
    invite_again,
    invite_client,
    open_sign_in,
    share_access,
    why_not_invited,
)
from .records import create_client, delete_client, update_client
from .status import set_status
from .tags import set_tags

__all__ = [
    "GuestInput",
    "Interval",
    "add_address",
    "add_contact",
    "add_guest",
    "add_note",
    "assign",
    "close_access",
    "create_client",
    "delete_client",
    "delete_note",
    "do_with_guest",
    "edit_note",
    "guest_added",
    "guest_link",
    "invitation_link",
    "invite_again",
    "invite_client",
    "invite_guest_again",
    "make_primary",
    "open_sign_in",
    "remove_address",
    "remove_contact",
    "remove_guest",
    "set_availability",
    "set_client_options",
    "set_portal_options",
    "set_status",
    "set_tags",
    "set_team",
    "share_access",
    "switch_guest_off",
    "switch_guest_on",
    "unassign",
    "update_address",
    "update_client",
    "update_contact",
    "why_no_guests",
    "why_not_invited",
]
