"""Who may follow what: the declared policy of every live topic, compared with what really happens."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

from frontdesk.clients.permissions import VIEW_ALL
from frontdesk.conversations.permissions import VIEW as INBOX
from frontdesk.core import permissions
from frontdesk.core.errors import Missing
from frontdesk.live.permissions import FOLLOW
from frontdesk.live.streams.admission import SignedOut, admit
from frontdesk.live.streams.credentials import Asked, Credential
from frontdesk.live.topics import topics

from .engine import Engine
from .objects import KINDS, MISSING
from .people import Persona


@dataclass(frozen=True)
class Declared:
    """`right` is what following takes; `alone` the roles that may follow the name alone, `also` the right that lets
    others follow it too.

    `name:<id>` names an object of a `kind` of objects.py by its `parameter`; `expect` says who gets at it where that
    differs from the kind's own answer. Without a kind there are no such topics, but for `mine`, one for each member.
    """

    right: str
    alone: frozenset[str] = frozenset()
    kind: str = ""
    parameter: str = ""
    expect: Callable[[Persona], str] | None = None
    mine: bool = False
    also: str = ""


# A topic that is not declared here fails the tests.
DECLARED = {
    "me": Declared(FOLLOW, permissions.EVERYONE, mine=True),
    "team": Declared(FOLLOW, permissions.TEAM),
    "rooms": Declared(FOLLOW, permissions.EVERYONE),
    "inbox": Declared(INBOX, permissions.OFFICE, also=VIEW_ALL),
    "thread": Declared(FOLLOW, kind="thread", parameter="thread_id"),
}


def undeclared() -> list[str]:
    """The topics that are registered and not declared."""
    return sorted({name for name, _topic in topics.items()} - DECLARED.keys())


def _keys(engine: Engine, declared: Declared) -> dict[str, UUID]:
    if declared.kind:
        known = engine.world.ids
        found = {which: known[which][declared.kind][declared.parameter] for which in ("own", "foreign")}
    else:
        people = engine.world.cast
        found = {"colleague": people.sam.pk, "foreign": people.other.olga.pk}
    return found | {"missing": MISSING}


def _expected(persona: Persona, declared: Declared, which: str) -> str:
    if not persona.signed_in:
        return "sign-in"
    if not persona.holds(declared.right, persona.scopes is not None):
        return "404"
    if which == "alone":
        also = declared.also and persona.holds(declared.also, persona.scopes is not None)
        return "ok" if persona.role in declared.alone or also else "404"
    if which == "mine":
        return "ok" if declared.mine else "404"
    if not declared.kind or which != ("own" if persona.home else "foreign"):
        return "404"
    return (declared.expect or KINDS[declared.kind].expect)(persona).replace("403", "404")


def _happens(engine: Engine, persona: Persona, name: str) -> str:
    secrets = engine._tokens if persona.scopes is not None else engine._sessions
    shown = secrets.get(persona.name)
    kind = "token" if persona.scopes is not None else "session"
    try:
        admit(Credential(kind, shown) if shown else None, Asked("/", {}), (name,))
    except SignedOut:
        return "sign-in"
    except Missing:
        return "404"
    return "ok"


def _names(engine: Engine, persona: Persona, name: str, declared: Declared) -> Iterator[tuple[str, str]]:
    yield "alone", name
    keys = _keys(engine, declared)
    if persona.member is not None:
        keys["mine"] = persona.member.pk
    for which, key in keys.items():
        if which == "mine" or key != keys.get("mine"):
            yield which, f"{name}:{key}"


def run(engine: Engine, declared: dict[str, Declared]) -> tuple[int, list[str]]:
    """Try every topic as everyone; the number of tries, and what was otherwise than declared."""
    tries, unexpected = 0, []
    for name, policy in declared.items():
        for persona in engine.people:
            for which, topic in _names(engine, persona, name, policy):
                tries += 1
                happens, expected = _happens(engine, persona, topic), _expected(persona, policy, which)
                if happens != expected:
                    unexpected.append(f"{name} [{which}] as {persona.name}: {happens} instead of {expected}")
    return tries, unexpected
