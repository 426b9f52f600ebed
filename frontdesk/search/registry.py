"""The kinds of things that can be found; each domain registers its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from frontdesk.core.registry import Registry


@dataclass(frozen=True)
class SearchKind:
    """`clients_of(actor)` is a queryset of the client ids whose entries the actor may find, None for all."""

    key: str
    label: Any
    icon: str
    url_name: str
    permission: str
    clients_of: Callable[[Any], Any]
    order: int = 100


search_kinds: Registry[SearchKind] = Registry("search kind")
