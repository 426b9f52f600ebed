"""What choices about notifications say in the log."""

from frontdesk.activity.sentences import register, register_group
from frontdesk.core.text import gettext_lazy as _lazy

MEMBER = {"member": "member"}

register_group("notify", _lazy("Notifications"))
register("notify.chosen", icon="bell", sentence=_lazy("%(who)s chose how they are notified"))
register("notify.chosen_for", icon="bell", names=MEMBER, sentence=_lazy("%(who)s chose how %(member)s is notified"))
register("notify.defaults", icon="bell", sentence=_lazy("%(who)s chose how people are notified at first"))
register("notify.device_added", icon="device-mobile", sentence=_lazy("%(who)s switched push on for a device"))
register("notify.device_removed", icon="device-mobile", sentence=_lazy("%(who)s switched push off for a device"))
register(
    "notify.mail_stopped", icon="bell-off", names=MEMBER,
    sentence=_lazy("%(member)s unsubscribed from e-mails about notifications"),
)  # fmt: skip
