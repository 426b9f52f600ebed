"""Where files can be: each place of a higher domain says who sees, adds and removes the files of its things."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from frontdesk.core import registry
from frontdesk.core.errors import Forbidden
from frontdesk.undo.models import Change


def _nobody(actor, place_id: UUID) -> None:
    raise Forbidden("files")


def _nothing(ids: Iterable[UUID]) -> None:
    """Nobody has to be told."""


@dataclass(frozen=True)
class Place:
    """A kind of thing that has files.

    `visible_ids(actor, ids)` gives those of the ids that the actor may read; their files are theirs to read too.
    `may_add(actor, id)` raises unless the actor may attach files there, `may_remove` unless they may delete one.
    `remove(actor, file)` deletes one in the way of the place and gives the change that can be
    undone; without it a file goes for good.
    `changed(ids)` is called in a transaction when files there got another state (a picture is ready, or refused).
    """

    key: str
    label: Any
    visible_ids: Callable[[Any, set[UUID]], set[UUID]]
    may_add: Callable[[Any, UUID], None]
    may_remove: Callable[[Any, UUID], None] = _nobody
    changed: Callable[[set[UUID]], None] = _nothing
    remove: Callable[[Any, Any], Change | None] | None = None


places: registry.Registry[Place] = registry.Registry("place of files")


def register(place: Place) -> Place:
    """Add a place; called by its domain at start-up."""
    return places.register(place.key, place)
