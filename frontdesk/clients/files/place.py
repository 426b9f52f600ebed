"""Where files of clients plug in: who sees and adds them, and what becomes of them with their client."""

from collections.abc import Iterator
from typing import cast
from uuid import UUID

from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.files import actions as files
from frontdesk.files import queries
from frontdesk.files.models import StoredFile
from frontdesk.files.places import Place
from frontdesk.files.places import register as register_place
from frontdesk.undo.models import Change

from .. import access, options, permissions
from ..merging.registry import register_rule
from ..models import Client
from ..personal.registry import PersonalPart, personal_parts
from .removing import remove_files

KEY = "client"


def _visible_ids(actor, ids: set[UUID]) -> set[UUID]:
    """Clients whose files the actor reads: for the team those that they see, for clients themselves if they may."""
    right = permissions.PORTAL_FILES if actor.is_portal else permissions.VIEW
    if not actor.may(right):
        return set()
    found = access.clients_for(actor).filter(pk__in=ids)
    return {client.pk for client in found if not options.withheld(actor, client, right)}


def _may_add(actor, client_id: UUID) -> None:
    access.get_client(actor, client_id, permissions.FILE_ADD)


def _may_remove(actor, client_id: UUID) -> None:
    access.get_client(actor, client_id, permissions.FILE_REMOVE)


def _remove(actor, file: StoredFile) -> Change | None:
    client = access.get_client(actor, cast(UUID, file.place_id), permissions.FILE_REMOVE)
    return remove_files(actor, client, [file])


def _merge(merge) -> None:
    """The files of the one go over to the other."""
    merge.move(StoredFile, "place_id", StoredFile.objects.filter(place=KEY, place_id=merge.gone.pk))


def _personal(client: Client) -> Iterator[tuple[str, Iterator[bytes]]]:
    yield from queries.contents_at(KEY, client.pk)


def _erase(actor, client: Client, ids: list[UUID]) -> None:
    files.discard(actor, KEY, ids)
    files.erase_kept(ids)


def register() -> None:
    """Called once at start-up."""
    register_place(Place(KEY, _lazy("%(Client)s"), _visible_ids, _may_add, _may_remove, remove=_remove))
    register_rule("files.storedfile", _merge)
    personal_parts.register("files", PersonalPart(_personal, _erase))
