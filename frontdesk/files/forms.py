"""What forms with a picker bring."""

from uuid import UUID

from frontdesk.core.errors import Invalid, Missing
from frontdesk.core.text import gettext as _

from .actions import receive
from .actions.attaching import MOST
from .models import StoredFile
from .queries import FileRow, row_of


def _uploaded(typed: list[str], name: str) -> list[UUID]:
    try:
        return [UUID(one) for one in typed if one]
    except ValueError:
        raise Invalid({name: [_("A file is not there any more. Choose it again.")]}) from None


def take(request, name: str = "files") -> list[UUID]:
    """The ids of the files of a form: those uploaded before, then those that came with it, which are stored now.

    Raises Invalid with the reasons under `name`, Forbidden. They are still to be attached.
    """
    ids = _uploaded(request.POST.getlist(name), name)
    plain = request.FILES.getlist(name)
    if len(ids) + len(plain) > MOST:
        raise Invalid({name: [_("At most %(most)s files at once.", most=MOST)]})
    try:
        return ids + [receive(request.actor, upload).pk for upload in plain]
    except Invalid as refused:
        raise Invalid({name: [said for reasons in refused.errors.values() for said in reasons]}) from None


def taken(actor, ids: list[UUID]) -> list[FileRow]:
    """The actor's own uploads among the ids, for a form that is shown again."""
    found = StoredFile.objects.filter(pk__in=ids, uploader_id=actor.id, place="")
    return [row_of(file) for file in found]


def chosen(request) -> list[UUID]:
    """The ids that a list of files sent; raises Invalid for none, Missing for a wrong one."""
    try:
        ids = [UUID(one) for one in request.POST.getlist("ids")]
    except ValueError:
        raise Missing("file") from None
    if not ids:
        raise Invalid(_("Choose files first."))
    return ids
