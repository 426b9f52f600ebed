"""Reactions of higher domains to what happens: called with each activity, in the transaction of its cause.

A domain writes its reactions into `handlers.py`, which is found at start-up. What takes long or reaches the network is
queued there, never done: the one who acts waits for it.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Happening:
    """One recorded activity: its `id`, who did it (`actor`), and what `spine.record` was given."""

    id: UUID
    actor: Any
    verb: str
    subject_id: UUID | None
    client_id: UUID | None
    data: dict


Handler = Callable[[list[Happening]], None]
_handlers: dict[str, list[Handler]] = defaultdict(list)


def on(*verbs: str) -> Callable[[Handler], Handler]:
    """Have a function called with the activities of these verbs: one of them, or all of a write of many at once."""

    def add(handler: Handler) -> Handler:
        for verb in verbs:
            _handlers[verb].append(handler)
        return handler

    return add


def reacts_to(verb: str) -> bool:
    """Whether anything reacts to a verb."""
    return verb in _handlers


def tell(verb: str, happened: list[Happening]) -> None:
    """Call what reacts to a verb, in the order of the domains; an error undoes the cause as well."""
    for handler in _handlers.get(verb, ()):
        handler(happened)


def verbs() -> set[str]:
    """The verbs that something reacts to, for the test that all of them exist."""
    return set(_handlers)
