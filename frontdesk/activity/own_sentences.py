"""What the verbs of this part say."""

from frontdesk.core.text import gettext_lazy as _lazy

from .sentences import register, register_group

register_group("activity", _lazy("Background jobs"))
register("activity.job.retried", icon="refresh", sentence=_lazy("%(who)s let the background job %(job)s run again"))
register("activity.job.discarded", icon="trash", sentence=_lazy("%(who)s discarded the background job %(job)s"))
