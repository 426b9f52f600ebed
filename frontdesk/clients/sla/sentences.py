"""What the verbs of times say."""

from frontdesk.activity.sentences import register, register_group
from frontdesk.core.text import gettext_lazy as _lazy

register_group("sla", _lazy("Response times"))
register("sla.changed", icon="hourglass", sentence=_lazy("%(who)s changed the response times of the account"))
register("client.sla", icon="hourglass", sentence=_lazy("%(who)s changed the response times"))
