"""The kinds of changes of clients that can be undone, and what an undo keeps true."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from uuid import UUID

from django.utils import timezone

from frontdesk.activity.spine import record_many
from frontdesk.core.text import gettext as _
from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.core.text import ngettext as _n
from frontdesk.search import index as search_index
from frontdesk.undo.models import Change
from frontdesk.undo.registry import ChangeKind, register_kind

from . import permissions, summary
from .actions.ending import dated
from .actions.records import count
from .actions.status import follow
from .models import Client, Status
from .subscriptions.sentences import said
from .subscriptions.undoing import noted

# Of these kinds an undo is told with its dates, since it changes who sees what from then on.
ASSIGNING = {"clients.assign", "clients.unassign", "clients.reassign"}
# Of these it is history of the subscriptions too.
SUBSCRIBING = {"clients.unsubscribe", "clients.resubscribe", "clients.merge"}
# What the list and the search repeat of a client can only differ after changes of these kinds.
REPEATED = {"clients.import", "clients.merge", "clients.delete"}


def load_names(ids: list[UUID]) -> dict[UUID, str]:
    """Names of clients by id."""
    return dict(Client.objects.filter(pk__in=ids).values_list("pk", "name"))


def _statuses(ids: list[UUID]) -> dict[UUID, str]:
    return dict(Client.objects.filter(pk__in=ids).values_list("pk", "status"))


def _count(account_id: UUID, before: dict[UUID, str], after: dict[UUID, str]) -> None:
    moved = Counter(after.values())
    moved.subtract(Counter(before.values()))
    for status, by in sorted(moved.items()):
        if by:
            count(account_id, status, by)


def _follow_statuses(actor, before: dict[UUID, str], after: dict[UUID, str]) -> None:
    changed = [pk for pk, status in after.items() if before.get(pk, status) != status]
    for client in Client.objects.filter(pk__in=changed, has_portal=True):
        follow(actor, client)


def _noting(actor, change: Change, ids: list[UUID]) -> AbstractContextManager:
    """What writes down, beside the rows, that an undo changes who sees or gets what."""
    if change.kind in ASSIGNING:
        return dated(actor, ids)
    return noted(actor, ids) if change.kind in SUBSCRIBING else nullcontext()


@contextmanager
def around(actor, change: Change, ids: list[UUID]) -> Iterator[None]:
    """Counters, sign-ins, search and the timeline follow what an undo restores."""
    concerned = ids
    if change.kind == "clients.merge" and ids:
        ids = [*ids, UUID(change.data["merged"])]
    before = _statuses(ids)
    with _noting(actor, change, concerned):
        yield
    after = _statuses(ids)
    _count(actor.account_id, before, after)
    if change.kind in REPEATED:
        search_index.remove(summary.KIND, set(before) - set(after))
        summary.refresh_many(list(after))
    Client.objects.filter(pk__in=list(after)).update(updated_at=timezone.now())
    data = {"change": str(change.pk), "kind": change.kind}
    record_many(actor, "client.undone", [(client_id, client_id, data) for client_id in ids])
    _follow_statuses(actor, before, after)


def _sentence(message: Callable[[int, dict], str]) -> Callable[[Change], str]:
    return lambda change: message(change.records or change.total, change.data)


def _status(num: int, data: dict) -> str:
    status = Status(data["status"]).label
    return _n(
        "%(num)s %(client)s is now: %(status)s", "%(num)s %(clients)s are now: %(status)s", num, status=status
    )  # fmt: skip


def _tag(num: int, data: dict) -> str:
    return _n(
        "Tag “%(tag)s” added to %(num)s %(client)s", "Tag “%(tag)s” added to %(num)s %(clients)s", num, tag=data["tag"]
    )  # fmt: skip


def _untag(num: int, data: dict) -> str:
    return _n(
        "Tag “%(tag)s” removed from %(num)s %(client)s", "Tag “%(tag)s” removed from %(num)s %(clients)s", num,
        tag=data["tag"],
    )  # fmt: skip


def _assign(num: int, data: dict) -> str:
    return _n("%(num)s %(client)s assigned", "%(num)s %(clients)s assigned", num)


def _unassign(num: int, data: dict) -> str:
    return _n(
        "Assignment of %(num)s %(client)s ended", "Assignments of %(num)s %(clients)s ended", num
    )  # fmt: skip


def _reassign(num: int, data: dict) -> str:
    return _n(
        "%(num)s %(client)s handed over to a colleague", "%(num)s %(clients)s handed over to a colleague", num
    )  # fmt: skip


def _language(num: int, data: dict) -> str:
    return _n("Language of %(num)s %(client)s set", "Language of %(num)s %(clients)s set", num)


def _unsubscribe(num: int, data: dict) -> str:
    return _n(
        "%(num)s %(client)s unsubscribed from: %(what)s", "%(num)s %(clients)s unsubscribed from: %(what)s", num,
        what=said(data.get("messages", [])),
    )  # fmt: skip


def _resubscribe(num: int, data: dict) -> str:
    return _n(
        "%(num)s %(client)s subscribed again to: %(what)s", "%(num)s %(clients)s subscribed again to: %(what)s", num,
        what=said(data.get("messages", [])),
    )  # fmt: skip


def _follow(num: int, data: dict) -> str:
    return _n("%(num)s %(client)s followed", "%(num)s %(clients)s followed", num)


def _delete(num: int, data: dict) -> str:
    return _n("%(num)s %(client)s deleted", "%(num)s %(clients)s deleted", num)


def _files(num: int, data: dict) -> str:
    return _n("%(num)s file of %(a_client)s deleted", "%(num)s files of %(a_client)s deleted", data["count"])


def _import(num: int, data: dict) -> str:
    return _n("Import of %(num)s %(client)s", "Import of %(num)s %(clients)s", num)


def _merge(num: int, data: dict) -> str:
    return _("Two %(clients)s merged")


APART = ChangeKind(
    _lazy("Told apart"), permissions.MERGE, permissions.MERGE, lambda change: _("Some %(clients)s are not duplicates"),
    "copy", names=load_names, url_name="clients:show", order=100,
)  # fmt: skip
FOLLOWED = ChangeKind(
    _lazy("Followed"), permissions.FOLLOW, permissions.FOLLOW, _sentence(_follow), "bell", names=load_names,
    url_name="clients:show", order=101,
)  # fmt: skip
KINDS = {
    "clients.status": (_lazy("Changed status"), permissions.EDIT, _status, "flag"),
    "clients.tag": (_lazy("Added tag"), permissions.EDIT, _tag, "tag"),
    "clients.untag": (_lazy("Removed tag"), permissions.EDIT, _untag, "tag"),
    "clients.language": (_lazy("Changed language"), permissions.EDIT, _language, "language"),
    "clients.assign": (_lazy("Assigned %(coworkers)s"), permissions.ASSIGN, _assign, "user-check"),
    "clients.unassign": (_lazy("Ended assignments"), permissions.ASSIGN, _unassign, "user-minus"),
    "clients.reassign": (_lazy("Handed over"), permissions.ASSIGN, _reassign, "arrows-exchange"),
    "clients.unsubscribe": (_lazy("Unsubscribed from messages"), permissions.EDIT, _unsubscribe, "mail-off"),
    "clients.resubscribe": (_lazy("Subscribed to messages again"), permissions.EDIT, _resubscribe, "mail-check"),
    "clients.delete": (_lazy("Deleted"), permissions.DELETE, _delete, "trash"),
    "clients.files": (_lazy("Deleted files"), permissions.FILE_REMOVE, _files, "paperclip"),
    "clients.import": (_lazy("Import"), permissions.IMPORT, _import, "file-import"),
    "clients.merge": (_lazy("Merge"), permissions.MERGE, _merge, "users"),
}


def register() -> None:
    """Called once at start-up."""
    register_kind("clients.distinct", APART)
    register_kind("clients.follow", FOLLOWED)
    for order, (key, (label, right, message, icon)) in enumerate(KINDS.items()):
        kind = ChangeKind(
            label, right, permissions.VIEW, _sentence(message), icon, around, load_names, "clients:show", order
        )  # fmt: skip
        register_kind(key, kind)
