"""What the verbs of messages and channels say."""

from frontdesk.activity.sentences import register, register_group
from frontdesk.core.text import gettext_lazy as _lazy

from .registry import channels


def _values(data: dict) -> dict:
    channel = channels.get(data.get("channel", ""))
    return {"by": str(channel.label) if channel else data.get("channel", "")}


register_group("dispatch", _lazy("Messages that leave"))
register_group("channels", _lazy("Channels"))
register("dispatch.delivered", icon="check", values=_values, sentence=_lazy("A message was delivered (%(by)s)"))
register("dispatch.read", icon="eye", values=_values, sentence=_lazy("A message was read (%(by)s)"))
register(
    "dispatch.failed", icon="alert-triangle", hue="red", values=_values,
    sentence=_lazy("A message could not be delivered (%(by)s)"),
)  # fmt: skip
register("dispatch.cancelled", icon="x", values=_values, sentence=_lazy("%(who)s cancelled a message (%(by)s)"))
register(
    "dispatch.retried", icon="refresh", values=_values, sentence=_lazy("%(who)s had a message sent again (%(by)s)")
)
register(
    "arrival.retried", icon="refresh", values=_values,
    sentence=_lazy("%(who)s had a message that was not taken in read again (%(by)s)"),
)  # fmt: skip
register(
    "channels.settings.changed", icon="send", values=_values,
    sentence=_lazy("%(who)s changed how messages are sent (%(by)s)"),
)  # fmt: skip
register(
    "channels.settings.addressed", icon="link", values=_values,
    sentence=_lazy("%(who)s made the addresses for a provider anew (%(by)s)"),
)  # fmt: skip
register(
    "channels.failing", icon="alert-triangle", hue="red", values=_values,
    sentence=_lazy("Messages cannot be sent for a while (%(by)s)"),
)  # fmt: skip
register(
    "channels.recovered", icon="check", hue="green", values=_values, sentence=_lazy("Messages leave again (%(by)s)")
)
register(
    "channels.mailbox.failing", icon="alert-triangle", hue="red",
    sentence=_lazy("The mailbox cannot be read for a while"),
)  # fmt: skip
register("channels.mailbox.recovered", icon="check", hue="green", sentence=_lazy("The mailbox is read again"))
