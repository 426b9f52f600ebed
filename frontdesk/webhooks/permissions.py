"""Rights about webhooks."""

from frontdesk.core.permissions import ADMIN, define
from frontdesk.core.text import gettext_lazy as _lazy

VIEW = define("webhooks.endpoint:view", _lazy("See webhooks"), ADMIN, writes=False).name
MANAGE = define("webhooks.endpoint:manage", _lazy("Set up webhooks"), ADMIN).name
