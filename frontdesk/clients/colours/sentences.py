"""What choosing a colour says in the log."""

from frontdesk.activity.sentences import register, register_group
from frontdesk.core.text import gettext_lazy as _lazy

register_group("client_colour", _lazy("Calendar colours"))
register(
    "client_colour.chosen", icon="color-swatch", sentence=_lazy("%(who)s chose a calendar colour of their own")
)  # fmt: skip
