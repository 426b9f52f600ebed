"""Rights about notifications: everybody has their own; the office sees to those of others."""

from frontdesk.core.permissions import ADMIN, EVERYONE, OFFICE, define
from frontdesk.core.text import gettext_lazy as _lazy

VIEW = define("notify.notice:view", _lazy("See one's own notifications"), EVERYONE, writes=False).name
READ = define("notify.notice:read", _lazy("Mark one's own notifications as read"), EVERYONE).name
CHOOSE = define("notify.preference:edit", _lazy("Choose how one is notified"), EVERYONE).name
OTHERS = define("notify.preference:others", _lazy("Choose how others are notified"), OFFICE).name
DEFAULTS = define("notify.preference:defaults", _lazy("Choose how people are notified at first"), ADMIN).name
