"""What happens to messages and rooms, in words; never what was written."""

from frontdesk.activity.sentences import register, register_group, register_names
from frontdesk.core.text import gettext_lazy as _lazy

from .queries.names import load_names

REACTED = {
    True: _lazy("%(who)s answered a message in %(thread)s with %(emoji)s"),
    False: _lazy("%(who)s took %(emoji)s away from a message in %(thread)s"),
}
ROOM = {"thread": "room"}
PERSON = {"thread": "room", "member": "member"}
register_names("room", load_names, url_name="messaging:thread")
register_group("message", _lazy("Messages"))
register_group("room", _lazy("Rooms"))
register("message.posted", icon="message", names=ROOM, sentence=_lazy("%(who)s wrote in %(thread)s"), aside=True)
register("message.edited", icon="edit", names=ROOM, sentence=_lazy("%(who)s changed a message in %(thread)s"))
register(
    "message.deleted", icon="trash", hue="red", names=ROOM, sentence=_lazy("%(who)s deleted a message in %(thread)s")
)
register("message.restored", icon="arrow-back-up", hue="green", names=ROOM,
         sentence=_lazy("%(who)s brought a message in %(thread)s back"))  # fmt: skip
register("message.reacted", icon="mood-smile", names=ROOM, sentence=lambda data: REACTED[bool(data["on"])])
register(
    "message.scheduled", icon="clock", names=ROOM, sentence=_lazy("%(who)s wrote a message for later in %(thread)s")
)
register("message.rescheduled", icon="clock", names=ROOM,
         sentence=_lazy("%(who)s changed a message that waits in %(thread)s"))  # fmt: skip
register("message.unscheduled", icon="clock-off", names=ROOM,
         sentence=_lazy("%(who)s called off a message that waited in %(thread)s"))  # fmt: skip
register("room.opened", icon="messages", names=PERSON, sentence=_lazy("%(who)s began a conversation with %(member)s"))
register("room.created", icon="messages", hue="green", names=ROOM, sentence=_lazy("%(who)s opened the room %(thread)s"))
register("room.renamed", icon="edit", names=ROOM, sentence=_lazy("%(who)s renamed the room %(thread)s"))
register("room.joined", icon="user-plus", hue="green", names=PERSON,
         sentence=_lazy("%(who)s added %(member)s to %(thread)s"))  # fmt: skip
register("room.left", icon="user-minus", hue="red", names=PERSON,
         sentence=_lazy("%(member)s is no longer in %(thread)s, said %(who)s"))  # fmt: skip
register("room.archived", icon="archive", names=ROOM, sentence=_lazy("%(who)s archived %(thread)s"))
register(
    "room.reopened", icon="archive-off", hue="green", names=ROOM, sentence=_lazy("%(who)s opened %(thread)s again")
)
register("room.overseen", icon="eye", names=ROOM,
         sentence=_lazy("%(who)s looked into %(thread)s without taking part"))  # fmt: skip
