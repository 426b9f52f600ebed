"""What the verbs of private notes say, in the log alone."""

from frontdesk.activity.sentences import register, register_group
from frontdesk.core.text import gettext_lazy as _lazy

register_group("private_note", _lazy("Private notes"))
register("private_note.added", icon="shield-lock", sentence=_lazy("%(who)s wrote a private note"))
register("private_note.changed", icon="shield-lock", sentence=_lazy("%(who)s changed a private note"))
register("private_note.deleted", icon="shield-lock", sentence=_lazy("%(who)s deleted a private note"))
