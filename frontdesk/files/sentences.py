"""What the verbs of files say in the timeline and the log."""

from frontdesk.activity.sentences import plural as _n
from frontdesk.activity.sentences import register, register_group
from frontdesk.core.text import gettext_lazy as _lazy

register_group("file", _lazy("Files"))

register(
    "file.added", icon="paperclip", sentence=_n("%(who)s added %(num)s file", "%(who)s added %(num)s files", "count")
)
register(
    "file.removed", icon="trash", sentence=_n("%(who)s deleted %(num)s file", "%(who)s deleted %(num)s files", "count")
)
register("file.limits", icon="settings", sentence=_lazy("%(who)s changed which files may be uploaded"))
