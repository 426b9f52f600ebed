"""The kinds of things that can be found; each domain registers its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from frontdesk.core.registry import Registry


@dataclass(frozen=True)
class SearchKind:
    """`clients_of(actor)` is a queryset of the client ids whose entries the actor may find, None for all.

    One that is not in the index has `find(actor, words, limit)` instead, which gives (id, title, detail), best first.
    """

    key: str
    label: Any
    icon: str
    url_name: str
    permission: str
    clients_of: Callable[[Any], Any] | None
    order: int = 100
    find: Callable[[Any, str, int], list[tuple[UUID, str, str]]] | None = None


search_kinds: Registry[SearchKind] = Registry("search kind")
