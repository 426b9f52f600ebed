"""What people can be told: every domain registers its kinds of notices in its `plugs.py`.

    from frontdesk.notify import kinds

    kinds.register(kinds.NoticeKind(
        key="clients.assigned", label=_lazy("%(Clients)s assigned to me"), text=_lazy("…"), area="clients",
        audience=TEAM, verbs=("client.assigned",), recipients=_assigned, wording=_say_assigned,
        thread_key=lambda happening: "assigned", load=_clients,
    ))

`recipients(happening)` gives member ids, in a job; whoever is gone, or is not of the audience, is left out. The actor
is told only if `tells_actor`. `wording(notice, reader)` puts one notice into words, in the language in use: that of the
reader, with the account's words; None where the reader may not see the thing any more. What it needs from the database
comes from `load(notices, reader)`, called once for many notices of the kind, and stands in `notice.loaded`.
A notice's `key` is `<kind>:<thread key>`; `actions.mark_read(member, keys)` marks it when its thing is shown.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from frontdesk.activity import reactions
from frontdesk.activity.reactions import Happening
from frontdesk.core.registry import Registry

from .handlers import pauses, queue_notices

IN_APP = {"app": True, "push": False, "mail": False}
IN_APP_AND_PUSH = {"app": True, "push": True, "mail": False}
EVERYWHERE = {"app": True, "push": True, "mail": True}


@dataclass(frozen=True)
class Wording:
    """A notice in words; `href` leads to what it is about."""

    title: str
    body: str = ""
    href: str = ""


@dataclass
class NoticeData:
    """A notice as kinds put it into words; `who` is the name of whoever acted last, `count` how often it happened."""

    id: UUID
    kind: str
    key: str
    actor_id: UUID | None
    subject_id: UUID | None
    client_id: UUID | None
    data: dict
    count: int
    at: datetime
    who: str = ""
    loaded: Any = None


@dataclass(frozen=True)
class NoticeKind:
    """Something people can be told; see the module. `follow` names what admins subscribe to at a client (C17).

    After a `pause` the recipients are asked for, so that who has seen the thing meanwhile is not told of it.
    """

    key: str
    label: Any
    text: Any
    area: str
    audience: frozenset[str]
    verbs: tuple[str, ...]
    recipients: Callable[[Happening], Iterable[UUID]]
    wording: Callable[[NoticeData, Any], Wording | None]
    thread_key: Callable[[Happening], str] = lambda happening: str(happening.id)
    defaults: dict[str, bool] = field(default_factory=lambda: dict(IN_APP))
    load: Callable[[list[NoticeData], Any], Any] | None = None
    icon: str = "bell"
    tells_actor: bool = False
    follow: str = ""
    order: int = 100
    pause: timedelta | None = None

    def default(self, channel: str) -> bool:
        """Whether it is told by a channel until somebody chooses."""
        return self.defaults.get(channel, channel == "app")


@dataclass(frozen=True)
class Area:
    """A part of the product with a number of its own: `count(actor)` gives a statement that selects it, with its
    parameters, None where it is 0; without `count` it is the unread notices. Every page asks for all of them at once.
    """

    key: str
    label: Any
    icon: str
    url_name: str = ""
    count: Callable[[Any], tuple[str, list] | None] | None = None
    order: int = 100


kinds: Registry[NoticeKind] = Registry("kind of notice")
areas: Registry[Area] = Registry("area of notices")
# `gate(client_id, what, members)` gives those of the members who are told: without admins who do not follow the client.
follow_gates: Registry[Callable[[UUID, str, set[UUID]], set[UUID]]] = Registry("gate of notices")


def register(kind: NoticeKind) -> NoticeKind:
    """Add a kind, which is told from now on whenever one of its verbs happens."""
    for verb in kind.verbs:
        if not of_verb(verb):
            reactions.on(verb)(queue_notices)
        if kind.pause:
            pauses[verb] = kind.pause
    return kinds.register(kind.key, kind)


def of_verb(verb: str) -> list[NoticeKind]:
    """The kinds that a verb is told as."""
    return [kind for kind in kinds if verb in kind.verbs]


def for_role(role: str) -> list[NoticeKind]:
    """What somebody of a role can be told."""
    return [kind for kind in kinds if role in kind.audience]
