"""What the verbs of imports say in the log."""

from frontdesk.activity.sentences import plural as _n
from frontdesk.activity.sentences import register, register_group
from frontdesk.core.text import gettext_lazy as _lazy

register("import.started", icon="file-import", sentence=_n(
    "%(who)s started to import %(num)s row", "%(who)s started to import %(num)s rows", "rows",
))  # fmt: skip
register(
    "import.finished", icon="file-import", hue="green",
    sentence=_lazy(
        "%(who)s imported a file: %(created)s added, %(updated)s updated, %(skipped)s skipped, %(rejected)s rejected"
    ),
)  # fmt: skip
register(
    "import.cancelled", icon="file-import", hue="amber",
    sentence=_lazy("%(who)s cancelled an import: %(created)s added and %(updated)s updated before"),
)  # fmt: skip
register(
    "import.failed", icon="file-import", hue="red",
    sentence=_lazy("An import stopped by an error: %(created)s added and %(updated)s updated before"),
)  # fmt: skip
register_group("import", _lazy("Imports"))
