"""What the verbs of webhooks say in the log."""

from frontdesk.activity.sentences import register, register_group
from frontdesk.core.text import gettext_lazy as _lazy

from .models import State

STOPPED = {
    State.FAILING: _lazy("%(who)s switched a webhook off after days of failures"),
    State.GONE: _lazy("%(who)s switched a webhook off: its address said that it is gone"),
}

register_group("webhooks", _lazy("Webhooks"))
register("webhooks.endpoint.added", icon="plug", hue="green", sentence=_lazy("%(who)s added a webhook"))
register("webhooks.endpoint.changed", icon="plug", sentence=_lazy("%(who)s changed a webhook"))
register("webhooks.endpoint.enabled", icon="plug", hue="green", sentence=_lazy("%(who)s switched a webhook on"))
register("webhooks.endpoint.disabled", icon="plug", sentence=_lazy("%(who)s switched a webhook off"))
register("webhooks.endpoint.stopped", icon="alert-triangle", hue="red", sentence=lambda data: STOPPED[data["state"]])
register("webhooks.endpoint.rotated", icon="key", sentence=_lazy("%(who)s made a new secret for a webhook"))
register("webhooks.endpoint.removed", icon="trash", sentence=_lazy("%(who)s removed a webhook"))
