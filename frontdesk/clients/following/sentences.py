"""What following says in the log."""

from frontdesk.activity.sentences import register, register_group
from frontdesk.core.text import gettext_lazy as _lazy

register_group("client_follow", _lazy("Following"))
register("client_follow.chosen", icon="bell", sentence=_lazy("%(who)s chose what they follow of %(a_client)s"))
