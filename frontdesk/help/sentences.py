"""What the verbs of the help say in the log."""

from frontdesk.activity.sentences import register, register_group
from frontdesk.core.text import gettext_lazy as _lazy

from . import texts


def _title(data: dict) -> dict:
    key = data.get("topic", "")
    return {"topic": texts.topic(key).title if key in texts.all_keys() else key}


register_group("help", _lazy("Help"))
register("help.answered", icon="help-circle", values=_title,
         sentence=_lazy("%(who)s said whether the help on “%(topic)s” was of use"))  # fmt: skip
