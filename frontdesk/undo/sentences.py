"""What undoing says in the log."""

from frontdesk.activity.sentences import register, register_group
from frontdesk.core.text import gettext_lazy as _lazy

register_group("undo", _lazy("Undo"))
register(
    "undo.undone", icon="arrow-back-up", hue="amber",
    sentence=_lazy("%(who)s undid a change: %(restored)s of %(records)s restored"),
)  # fmt: skip
