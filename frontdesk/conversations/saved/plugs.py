"""Where saved replies plug into lower domains."""

from frontdesk.activity.sentences import register as sentence
from frontdesk.activity.sentences import register_group
from frontdesk.core.registry import SettingsPage, settings_pages
from frontdesk.core.text import gettext_lazy as _lazy

from .. import permissions
from . import demo, standard

PAGE = SettingsPage(
    "saved", _lazy("Saved replies"), "conversations:saved", "template", permissions.SAVED, order=60, group="clients",
    text=_lazy("Texts for messages that are written often"),
)  # fmt: skip


def _sentences() -> None:
    register_group("saved_reply", _lazy("Saved replies"))
    sentence("saved_reply.added", icon="plus", hue="green", sentence=_lazy("%(who)s wrote a saved reply"))
    sentence("saved_reply.changed", icon="edit", sentence=_lazy("%(who)s changed a saved reply"))
    sentence("saved_reply.deleted", icon="trash", hue="red", sentence=_lazy("%(who)s deleted a saved reply"))
    sentence(
        "saved_reply.restored", icon="arrow-back-up", hue="green", sentence=_lazy("%(who)s brought a saved reply back")
    )


def register() -> None:
    """Called once at start-up."""
    _sentences()
    standard.register_all()
    demo.register()
    settings_pages.register(PAGE.key, PAGE)
