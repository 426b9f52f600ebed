"""What the verbs of subscriptions say."""

from frontdesk.activity.sentences import register
from frontdesk.core.text import gettext as _
from frontdesk.core.text import gettext_lazy as _lazy

from .models import Source
from .rule import WHAT

STOPPED = {
    Source.LINK: _lazy("%(The_client)s unsubscribed by the link in an e-mail: %(what)s"),
    Source.SMS: _lazy("%(The_client)s unsubscribed by a text message: %(what)s"),
    Source.PORTAL: _lazy("%(who)s unsubscribed in the portal: %(what)s"),
}
STARTED = {
    Source.LINK: _lazy("%(The_client)s subscribed again by the link in an e-mail: %(what)s"),
    Source.SMS: _lazy("%(The_client)s subscribed again by a text message: %(what)s"),
    Source.PORTAL: _lazy("%(who)s subscribed in the portal: %(what)s"),
}


def said(names: list[str]) -> str:
    """Kinds by their names, in words."""
    known = {".".join(kind): what for kind, what in WHAT.items()}
    if len(names) == len(known):
        return _("all messages")
    return ", ".join(str(known.get(name, name)) for name in names)


def _values(data: dict) -> dict:
    return {"what": said(data.get("messages", []))}


def _stopped(data: dict):
    return STOPPED.get(data.get("by", ""), _lazy("%(who)s unsubscribed %(the_client)s: %(what)s"))


def _started(data: dict):
    return STARTED.get(data.get("by", ""), _lazy("%(who)s subscribed %(the_client)s again: %(what)s"))


register("client.unsubscribed", icon="mail-off", hue="amber", values=_values, sentence=_stopped)
register("client.resubscribed", icon="mail-check", values=_values, sentence=_started)
