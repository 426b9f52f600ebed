"""Rights about conversations; whose conversations somebody sees is decided by which clients they see."""

from frontdesk.core.permissions import ADMIN, OFFICE, TEAM, define
from frontdesk.core.text import gettext_lazy as _lazy

VIEW = define("conversations.conversation:view", _lazy("Read conversations with %(clients)s"), TEAM, writes=False).name
REPLY = define("conversations.conversation:reply", _lazy("Answer in conversations with %(clients)s"), TEAM).name
HANDLE = define("conversations.conversation:handle", _lazy("Assign, close and snooze conversations"), TEAM).name
CONFIGURE = define("conversations.inbox:configure", _lazy("Set up the inbox"), ADMIN).name
SAVED = define("conversations.saved:view", _lazy("Use saved replies"), TEAM, writes=False).name
SAVED_OWN = define("conversations.saved:edit", _lazy("Write saved replies of one's own"), TEAM).name
SAVED_SHARED = define("conversations.saved:share", _lazy("Write saved replies for everybody"), OFFICE).name
