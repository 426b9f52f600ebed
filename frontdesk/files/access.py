"""Who may see and remove which file: the place where it is decides; while it is nowhere, it is its uploader's alone."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from frontdesk.core.errors import Conflict, Forbidden, Missing
from frontdesk.core.text import gettext as _

from . import permissions
from .models import State, StoredFile, Upload
from .places import places


def require(actor, right: str) -> None:
    """Raise Forbidden unless the actor holds the right."""
    if not actor.may(right):
        raise Forbidden(right)


def _visible_ids(actor, wanted: dict[str, set[UUID]]) -> dict[str, set[UUID]]:
    known = {key: places.get(key) for key in wanted}
    return {key: place.visible_ids(actor, wanted[key]) for key, place in known.items() if place is not None}


def _visible(actor, rows: list[StoredFile]) -> list[StoredFile]:
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for row in rows:
        if row.place and row.place_id:
            wanted[row.place].add(row.place_id)
    seen = _visible_ids(actor, wanted)
    return [row for row in rows if (row.place_id in seen.get(row.place, ()) if row.place else _owns(actor, row))]


def _owns(actor, row: StoredFile | Upload) -> bool:
    owner = row.uploader_id if isinstance(row, StoredFile) else row.member_id
    return actor.id is not None and owner == actor.id


def get_files(actor, ids: Iterable[UUID]) -> list[StoredFile]:
    """The files in the order of the ids; raises Missing when the actor may not see every one of them."""
    wanted = list(dict.fromkeys(ids))
    rows = {row.pk: row for row in _visible(actor, list(StoredFile.objects.filter(pk__in=wanted)))}
    if len(rows) != len(wanted):
        raise Missing("file")
    require(actor, permissions.VIEW)
    return [rows[one] for one in wanted]


def get_file(actor, file_id: UUID) -> StoredFile:
    """One file; raises Missing when the actor may not see it."""
    return get_files(actor, [file_id])[0]


def require_ready(file: StoredFile) -> StoredFile:
    """Raise Conflict for a file that is still checked or was refused: nobody gets its content."""
    if file.state == State.CHECKING:
        raise Conflict(_("This file is still being checked. Try again in a moment."))
    if file.state == State.REFUSED:
        raise Conflict(_("This file was refused: it is damaged, or asks too much of a computer."))
    return file


def require_remove(actor, file: StoredFile) -> None:
    """Raise Forbidden unless the actor may delete a file that they see."""
    require(actor, permissions.REMOVE)
    if file.place and file.place_id:
        places[file.place].may_remove(actor, file.place_id)


def own_uploads(actor, ids: Iterable[UUID]):
    """Those of the ids that the actor uploaded and that are nowhere yet."""
    return StoredFile.objects.filter(pk__in=list(ids), uploader_id=actor.id, place="")


def get_upload(actor, upload_id: UUID) -> Upload:
    """One of the actor's own uploads; raises Missing."""
    found = Upload.objects.filter(pk=upload_id, member_id=actor.id).first() if actor.id else None
    if found is None:
        raise Missing("upload")
    return found
