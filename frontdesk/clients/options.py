"""What a client may do in the portal: a registry of options, chosen for all clients of an account and for single ones.

Each domain registers its own in `plugs.py`; keys that are kept for domains to come are listed in docs/rights.md.
"""

from frontdesk.core.errors import Forbidden
from frontdesk.core.options import Choice, Option, choices
from frontdesk.core.registry import Registry
from frontdesk.core.text import gettext_lazy as _lazy

from . import permissions
from .models import Client

portal_options: Registry[Option] = Registry("portal option")

DETAILS = Option(
    "details",
    _lazy("Their details and contacts"),
    _lazy("See and change the contacts and addresses on record."),
    frozenset({permissions.DETAILS, permissions.PORTAL_EDIT}),
    default=True,
    order=10,
)
AVAILABILITY = Option(
    "availability",
    _lazy("Their availability"),
    _lazy("See and change the weekly times at which they can be served."),
    frozenset({permissions.PORTAL_AVAILABILITY, permissions.PORTAL_SET_AVAILABILITY}),
    default=True,
    order=20,
)
FILES = Option(
    "files",
    _lazy("Their files"),
    _lazy("See and download all that the team put under Files on their page."),
    frozenset({permissions.PORTAL_FILES}),
    default=False,
    order=25,
)
TEAM_CONTACTS = Option(
    "team_contacts",
    _lazy("Contact details of %(the_coworkers)s"),
    _lazy("See phone numbers and e-mail addresses of those who serve them, guests too. Names are always shown."),
    default=True,
    order=30,
)

GUESTS = Option(
    "guests",
    _lazy("Their guests"),
    _lazy("Invite people who take part, and end that they do."),
    frozenset({permissions.PORTAL_GUESTS}),
    default=True,
    order=40,
)


def allowed(actor, client: Client, key: str) -> bool:
    """Whether an option is on for a client, as the portal asks; `actor` is of the client's account."""
    return portal_options[key].on(client.portal_options, actor.account.portal_options)


def withheld(actor, client: Client, right: str | None) -> bool:
    """Whether a right that the actor's role holds is kept from them for this client."""
    if not actor.is_portal:
        return False
    asked = [option for option in portal_options if right in option.rights]
    return any(not allowed(actor, client, option.key) for option in asked)


def require(actor, client: Client, right: str) -> None:
    """Raise Forbidden when the right is kept from the actor for this client."""
    if withheld(actor, client, right):
        raise Forbidden(right)


def open_to(actor, client: Client) -> list[str]:
    """The keys of the options that are on for a client and that the actor's role can make use of."""
    usable = [option for option in portal_options if not option.rights or any(map(actor.may, option.rights))]
    return [option.key for option in usable if allowed(actor, client, option.key)]


def choices_for(actor, client: Client) -> list[Choice]:
    """Every option with what the account and the client say."""
    return choices(portal_options, actor.account.portal_options, client.portal_options)


def register() -> None:
    """Called once at start-up."""
    for option in (DETAILS, AVAILABILITY, FILES, TEAM_CONTACTS, GUESTS):
        portal_options.register(option.key, option)
