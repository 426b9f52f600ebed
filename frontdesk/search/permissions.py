"""Rights about searching."""

from frontdesk.core.permissions import TEAM, define
from frontdesk.core.text import gettext_lazy as _lazy

SEARCH = define("search.index:use", _lazy("Search"), TEAM, writes=False).name
