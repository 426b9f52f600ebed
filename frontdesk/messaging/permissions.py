"""Rights about messages; who takes part in which thread is decided by `access.py`."""

from frontdesk.core.permissions import ADMIN, EVERYONE, TEAM, define
from frontdesk.core.text import gettext_lazy as _lazy

READ = define("messages.message:view", _lazy("Read messages where one takes part"), EVERYONE, writes=False).name
WRITE = define("messages.message:post", _lazy("Write messages where one takes part"), EVERYONE).name
TURN = define("messages.message:turn", _lazy("Make notes and more of messages"), TEAM).name
ROOMS = define("messages.room:open", _lazy("Open rooms with colleagues"), TEAM).name
OVERSEE = define("messages.room:oversee", _lazy("Read every room"), ADMIN, writes=False).name
