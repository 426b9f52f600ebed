"""Files find their place, are shared and go."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from frontdesk.core.errors import Invalid
from frontdesk.core.ids import uuid7
from frontdesk.core.text import gettext as _
from frontdesk.undo.models import Change

from .. import access, permissions
from ..models import KeptContent, State, StoredFile
from ..places import places
from ..sweeping import forget, let_go

MOST = 50


def _checked(file_ids: Iterable[UUID]) -> list[UUID]:
    ids = list(dict.fromkeys(file_ids))
    if len(ids) > MOST:
        raise Invalid({"files": [_("At most %(most)s files at once.", most=MOST)]})
    return ids


def attach(actor, file_ids: Iterable[UUID], place: str, place_id: UUID) -> list[StoredFile]:
    """Put one's own uploads at a place, within the caller's transaction; raises Invalid, Forbidden, Missing."""
    ids = _checked(file_ids)
    if not ids:
        return []
    access.require(actor, permissions.ADD)
    places[place].may_add(actor, place_id)
    with transaction.atomic():
        rows = {row.pk: row for row in access.own_uploads(actor, ids).select_for_update()}
        if len(rows) != len(ids):
            raise Invalid({"files": [_("A file is not there any more. Choose it again.")]})
        if any(row.state == State.REFUSED for row in rows.values()):
            raise Invalid({"files": [_("A file was refused. Take it out, please.")]})
        return [_placed(rows[one], place, place_id, position) for position, one in enumerate(ids)]


def _placed(row: StoredFile, place: str, place_id: UUID, position: int) -> StoredFile:
    row.place, row.place_id, row.position = place, place_id, position
    row.save(update_fields=["place", "place_id", "position"])
    return row


def copy_to(actor, file_ids: Iterable[UUID], place: str, place_id: UUID) -> list[StoredFile]:
    """Share files that the actor sees at another place, by the same content; raises Invalid, Forbidden, Missing."""
    ids = _checked(file_ids)
    if not ids:
        return []
    access.require(actor, permissions.ADD)
    places[place].may_add(actor, place_id)
    access.get_files(actor, ids)
    with transaction.atomic():
        # Held, so that a picture that is just made anew, or a last copy that goes, does not leave the new one behind.
        rows = {row.pk: row for row in StoredFile.objects.select_for_update().filter(pk__in=ids)}
        if len(rows) != len(ids):
            raise Invalid({"files": [_("A file is not there any more. Choose it again.")]})
        return [_copied(actor, rows[one], place, place_id, number) for number, one in enumerate(ids)]


def _copied(actor, row: StoredFile, place: str, place_id: UUID, position: int) -> StoredFile:
    row.pk, row.uploader_id, row.place, row.place_id, row.position = uuid7(), actor.id, place, place_id, position
    row._state.adding = True
    row.save(force_insert=True)
    return row


def move(place: str, place_id: UUID, to: str, to_id: UUID) -> int:
    """Take all files of one thing to another, within the caller's transaction, which checks; the number of files."""
    return StoredFile.objects.filter(place=place, place_id=place_id).update(place=to, place_id=to_id)


def discard(actor, place: str, ids: Iterable[UUID]) -> int:
    """Let go of all files of things that are deleted, within the caller's transaction; the number of files."""
    return forget(StoredFile.objects.filter(place=place, place_id__in=list(ids)))


def remove(actor, file: StoredFile) -> Change | None:
    """Delete a file that `access.get_file` gave, in the way of its place; raises Forbidden. A change can be undone."""
    access.require_remove(actor, file)
    place = places.get(file.place)
    if place is not None and place.remove is not None:
        return place.remove(actor, file)
    forget(StoredFile.objects.filter(pk=file.pk))
    return None


def erase_kept(abouts: Iterable[UUID]) -> None:
    """Let go of what is kept to bring back deleted files of things that are erased, in the caller's transaction."""
    let_go(KeptContent.objects.filter(about__in=list(abouts)))
