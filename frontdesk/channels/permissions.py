"""Rights about channels and the outbox."""

from frontdesk.core.permissions import ADMIN, OFFICE, TEAM, define
from frontdesk.core.text import gettext_lazy as _lazy

VIEW = define("channels.channel:view", _lazy("See how messages are sent"), OFFICE, writes=False).name
CONFIGURE = define("channels.channel:configure", _lazy("Set up how messages are sent"), ADMIN).name
OUTBOX = define("channels.outbox:view", _lazy("See the outbox"), OFFICE, writes=False).name
SEND = define("channels.outbox:send", _lazy("Send messages of the outbox again and cancel them"), OFFICE).name
MAIL = define("channels.mail:view", _lazy("Read received e-mails as they look"), TEAM, writes=False).name
