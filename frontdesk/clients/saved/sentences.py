"""What the verbs of saved views say."""

from frontdesk.activity.sentences import register, register_group
from frontdesk.core.text import gettext_lazy as _lazy

register_group("client_view", _lazy("Saved views"))
register("client_view.saved", icon="layout-list", sentence=_lazy("%(who)s saved a view of the list"))
register("client_view.changed", icon="layout-list", sentence=_lazy("%(who)s changed a saved view"))
register("client_view.deleted", icon="layout-list", sentence=_lazy("%(who)s deleted a saved view"))
