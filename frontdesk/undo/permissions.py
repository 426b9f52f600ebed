"""Rights about taking changes back. Which kinds somebody may undo is decided by the right of each kind."""

from frontdesk.core.permissions import OFFICE, define
from frontdesk.core.text import gettext_lazy as _lazy

VIEW = define("undo.change:view", _lazy("See recent changes"), OFFICE, writes=False).name
UNDO = define("undo.change:undo", _lazy("Undo recent changes"), OFFICE).name
