"""Where higher domains say which kinds of changes they make, and what an undo of each has to keep true."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from frontdesk.core.registry import Registry


def _nothing(actor, change, ids: list[UUID]) -> AbstractContextManager:
    return nullcontext()


def _no_names(ids: list[UUID]) -> dict[UUID, str]:
    return {}


@dataclass(frozen=True)
class ChangeKind:
    """A kind of change that can be undone.

    `right` is what the change itself asks for, and so its undo; who has not even `view` does not see such changes.
    `describe(change)` is a translated sentence. `around(actor, change, ids)` encloses the restoring of some records in
    its transaction. `names(ids)` gives names of records, `url_name` the route of their page.
    """

    label: Any
    right: str
    view: str
    describe: Callable[[Any], str]
    icon: str = "edit"
    around: Callable[[Any, Any, list[UUID]], AbstractContextManager] = _nothing
    names: Callable[[list[UUID]], dict[UUID, str]] = _no_names
    url_name: str = ""
    order: int = 100


change_kinds: Registry[ChangeKind] = Registry("kind of change")


def register_kind(key: str, kind: ChangeKind) -> ChangeKind:
    """Add a kind of change."""
    return change_kinds.register(key, kind)
