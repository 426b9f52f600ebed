"""What the verbs of own fields say."""

from frontdesk.activity.sentences import register, register_group, register_names
from frontdesk.core.text import gettext_lazy as _lazy

from .values import labels_of

NAMED = {"field": "client_field"}
CHOICE = _lazy("%(who)s set %(field)s to “%(to)s”")
SET = {
    "filled": _lazy("%(who)s filled in %(field)s"),
    "changed": _lazy("%(who)s changed %(field)s"),
    "": _lazy("%(who)s emptied %(field)s"),
    "yes": _lazy("%(who)s set %(field)s to “Yes”"),
    "no": _lazy("%(who)s set %(field)s to “No”"),
}


def _set(data: dict):
    before, after = data.get("from", ""), data.get("to", "")
    return SET.get("changed" if before == after == "filled" else after, CHOICE)


register_group("client_field", _lazy("Own fields"))
register("client.field", icon="edit", names={**NAMED, "to": "client_field"}, sentence=_set)
register("client_field.added", icon="list-details", names=NAMED, sentence=_lazy("%(who)s added the field %(field)s"))
register(
    "client_field.changed", icon="list-details", names=NAMED, sentence=_lazy("%(who)s changed the field %(field)s")
)
register("client_field.archived", icon="archive", names=NAMED, sentence=_lazy("%(who)s archived the field %(field)s"))
register(
    "client_field.restored", icon="archive-off", names=NAMED, sentence=_lazy("%(who)s restored the field %(field)s")
)
register("client_field.ordered", icon="list-details", sentence=_lazy("%(who)s put the fields in another order"))
register_names("client_field", labels_of)
