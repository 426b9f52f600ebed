"""Rights that only the portal asks for."""

from frontdesk.core.permissions import CLIENT, define
from frontdesk.core.text import gettext_lazy as _lazy

# Named among the rights about clients, so that the scope clients:read of an API token covers it.
DETAILS = define("clients.own:details", _lazy("See one's own contacts and availability"), CLIENT, writes=False).name
