"""Rights about teams."""

from frontdesk.core.permissions import ADMIN, TEAM, define
from frontdesk.core.text import gettext_lazy as _lazy

VIEW = define("teams.team:view", _lazy("See teams"), TEAM, writes=False).name
EDIT = define("teams.team:edit", _lazy("Add, change and delete teams"), ADMIN).name
