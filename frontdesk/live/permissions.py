"""Rights about live updates; what may be followed is decided by each topic."""

from frontdesk.core.permissions import EVERYONE, define
from frontdesk.core.text import gettext_lazy as _lazy

FOLLOW = define("live.topic:follow", _lazy("Follow what happens while it happens"), EVERYONE, writes=False).name
TELL = define("live.topic:tell", _lazy("Show others that one is typing"), EVERYONE).name
