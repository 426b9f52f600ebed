"""What can be done with many clients, a few statements for some hundred of them."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils import timezone

from frontdesk.activity.spine import record_many
from frontdesk.core.ids import uuid7s
from frontdesk.core.tenancy.bulk import bulk_insert
from frontdesk.core.text import gettext as _
from frontdesk.search import index as search_index
from frontdesk.undo.ledger import Ledger
from frontdesk.undo.models import Change
from frontdesk.undo.trees import note_deletion

from .. import permissions, summary
from ..actions.ending import end_grants
from ..actions.records import count
from ..actions.status import set_status as set_one_status
from ..deletion import reasons_against_many
from ..following.actions import follow_as_well
from ..following.models import ClientFollow
from ..models import Assignment, Client, ClientTag, Tag
from ..subscriptions.actions import clean_kinds
from ..subscriptions.changing import Wish, carry_out, rows_of
from ..subscriptions.models import OWN_WORD
from . import checks


@dataclass
class Work:
    """Some clients of a bulk action: what is done is noted in the ledger, `touched` and `left` say for whom."""

    actor: Any
    change: Change
    ids: list[UUID]
    ledger: Ledger
    touched: set[UUID] = field(default_factory=set)
    left: dict[UUID, list[str]] = field(default_factory=dict)

    @property
    def data(self) -> dict:
        """The checked values."""
        return self.change.data

    def record(self, verb: str, clients, data: dict) -> None:
        """Record one activity a client, all with the same data."""
        record_many(self.actor, verb, [(client_id, client_id, data) for client_id in clients])


@dataclass(frozen=True)
class Verb:
    """`check(actor, values)` gives the data of the change, or raises Invalid; `apply(work)` does it."""

    right: str
    check: Callable[[Any, dict], dict]
    apply: Callable[[Work], None]


def _count_moved(work: Work, moved: Counter, to: str) -> None:
    for status, number in sorted(moved.items()):
        count(work.actor.account_id, status, -number)
    count(work.actor.account_id, to, moved.total())


def set_status(work: Work) -> None:
    """Those whose people sign in go one by one, since that follows the status."""
    to = work.data["status"]
    others = Client.objects.select_for_update().filter(pk__in=work.ids).exclude(status=to)
    rows = list(others.values_list("id", "status", "has_portal"))
    quiet = {client_id: status for client_id, status, has_portal in rows if not has_portal}
    Client.objects.filter(pk__in=list(quiet)).update(status=to, updated_at=timezone.now())
    if quiet:
        _count_moved(work, Counter(quiet.values()), to)
    after = {"status": to}
    befores = {status: {"status": status} for _id, status, _portal in rows}
    moves = {status: {"from": status, "to": to} for status in befores}
    record_many(work.actor, "client.status", [(pk, pk, moves[status]) for pk, status in quiet.items()])
    for client in Client.objects.filter(pk__in=[pk for pk, _status, has_portal in rows if has_portal]):
        set_one_status(work.actor, client, to)
    for client_id, status, _portal in rows:
        work.ledger.updated(client_id, Client, client_id, befores[status], after)
        work.touched.add(client_id)


def set_language(work: Work) -> None:
    """The language in which clients are written to."""
    to = work.data["language"]
    others = Client.objects.select_for_update().filter(pk__in=work.ids).exclude(language=to)
    rows = list(others.values_list("id", "language"))
    Client.objects.filter(pk__in=[client_id for client_id, _old in rows]).update(
        language=to, updated_at=timezone.now()
    )  # fmt: skip
    after, befores = {"language": to}, {old: {"language": old} for _id, old in rows}
    for client_id, old in rows:
        work.ledger.updated(client_id, Client, client_id, befores[old], after)
        work.touched.add(client_id)
    work.record("client.changed", [client_id for client_id, _old in rows], {"fields": ["language"]})


def add_tag(work: Work) -> None:
    """One more tag."""
    tag_id = UUID(work.data["tag_id"])
    if not Tag.objects.filter(pk=tag_id).exists():
        return
    present = set(ClientTag.objects.filter(client_id__in=work.ids, tag_id=tag_id).values_list("client_id", flat=True))
    there = dict(Client.objects.select_for_update().filter(pk__in=work.ids).values_list("id", "sort_key"))
    new = [client_id for client_id in work.ids if client_id in there and client_id not in present]
    keys = [there[client_id] for client_id in new]
    rows = list(zip(uuid7s(len(new)), new, [tag_id] * len(new), keys, strict=True))
    bulk_insert(ClientTag, ("id", "client_id", "tag_id", "sort_key"), rows)
    for row_id, client_id, *_rest in rows:
        work.ledger.created(client_id, ClientTag, row_id, {"tag_id": str(tag_id)})
    _tagged(work, new, "client.tag_added")


def remove_tag(work: Work) -> None:
    """One tag less."""
    rows = list(ClientTag.objects.filter(client_id__in=work.ids, tag_id=UUID(work.data["tag_id"])))
    for row in rows:
        work.ledger.deleted(row.client_id, row)
    ClientTag.objects.filter(pk__in=[row.pk for row in rows]).delete()
    _tagged(work, [row.client_id for row in rows], "client.tag_removed")


def _tagged(work: Work, clients: list[UUID], verb: str) -> None:
    Client.objects.filter(pk__in=clients).update(updated_at=timezone.now())
    work.touched.update(clients)
    work.record(verb, clients, {"tag": work.data["tag"]})


def _assign(work: Work, clients: list[UUID], member_id: UUID) -> None:
    present = Assignment.objects.filter(client_id__in=clients, member_id=member_id)
    known = set(present.values_list("client_id", flat=True))
    there = dict(Client.objects.select_for_update().filter(pk__in=clients).values_list("id", "sort_key"))
    new = [client_id for client_id in clients if client_id in there and client_id not in known]
    ids, now = uuid7s(len(new)), timezone.now()
    rows = [
        (row_id, client_id, member_id, work.actor.id, now, there[client_id])
        for row_id, client_id in zip(ids, new, strict=True)
    ]
    columns = ("id", "client_id", "member_id", "assigned_by_id", "assigned_at", "sort_key")
    bulk_insert(Assignment, columns, rows)
    for row_id, client_id, *_rest in rows:
        work.ledger.created(client_id, Assignment, row_id, {"member_id": str(member_id)})
    work.touched.update(new)
    work.record("client.assigned", new, {"member": str(member_id)})


def _unassign(work: Work, member_id: UUID) -> list[UUID]:
    rows = list(Assignment.objects.filter(client_id__in=work.ids, member_id=member_id))
    for row in rows:
        work.ledger.deleted(row.client_id, row)
    end_grants(work.actor, rows)
    clients = [row.client_id for row in rows]
    work.touched.update(clients)
    work.record("client.unassigned", clients, {"member": str(member_id)})
    return clients


def assign(work: Work) -> None:
    """Members of the team serve the clients from now on."""
    for member in work.data["members"]:
        _assign(work, work.ids, UUID(member))


def unassign(work: Work) -> None:
    """Members of the team serve the clients no longer."""
    for member in work.data["members"]:
        _unassign(work, UUID(member))


def reassign(work: Work) -> None:
    """Another member serves the clients of one who did."""
    clients = _unassign(work, UUID(work.data["member"]))
    _assign(work, clients, UUID(work.data["to"]))


def unsubscribe(work: Work) -> None:
    """No more messages of these kinds."""
    _subscribe(work, False, set())


def resubscribe(work: Work) -> None:
    """Messages of these kinds again, but for what clients unsubscribed from themselves."""
    kinds = clean_kinds(work.data["messages"])
    own = {
        (pk, kind) for (pk, kind), row in rows_of(work.ids).items()
        if kind in kinds and not row.subscribed and row.source in OWN_WORD
    }  # fmt: skip
    said = _("Unsubscribed by their own choice. If they ask for it, subscribe them again on their own page.")
    work.left = {pk: [said] for pk, _kind in sorted(own)}
    _subscribe(work, True, own)


def _subscribe(work: Work, subscribed: bool, skipped: set) -> None:
    wish = Wish(clean_kinds(work.data["messages"]), subscribed)
    work.touched.update(carry_out(work.actor, wish, work.ids, ledger=work.ledger, skipped=skipped))


def follow(work: Work) -> None:
    """Whoever asks is told of these kinds too."""
    for row_id, client_id, what in follow_as_well(work.actor, work.ids, work.data["follow"]):
        work.ledger.created(client_id, ClientFollow, row_id, {"what": what})
        work.touched.add(client_id)


def delete(work: Work) -> None:
    """Those that can be deleted; the others are left with the reasons."""
    clients = list(Client.objects.select_for_update().filter(pk__in=work.ids).order_by("id"))
    work.left = reasons_against_many(clients)
    going = [client for client in clients if client.pk not in work.left]
    ids = [client.pk for client in going]
    note_deletion(work.ledger, Client, {client_id: client_id for client_id in ids})
    for status, number in sorted(Counter(client.status for client in going).items()):
        count(work.actor.account_id, status, -number)
    search_index.remove(summary.KIND, ids)
    Client.objects.filter(pk__in=ids).delete()
    work.touched.update(ids)
    work.record("client.deleted", ids, {})


VERBS = {
    "status": Verb(permissions.EDIT, checks.status, set_status),
    "language": Verb(permissions.EDIT, checks.language, set_language),
    "tag": Verb(permissions.EDIT, checks.new_tag, add_tag),
    "untag": Verb(permissions.EDIT, checks.known_tag, remove_tag),
    "assign": Verb(permissions.ASSIGN, checks.members, assign),
    "unassign": Verb(permissions.ASSIGN, checks.former_members, unassign),
    "reassign": Verb(permissions.ASSIGN, checks.handover, reassign),
    "unsubscribe": Verb(permissions.EDIT, checks.messages, unsubscribe),
    "resubscribe": Verb(permissions.EDIT, checks.messages, resubscribe),
    "follow": Verb(permissions.FOLLOW, checks.followed, follow),
    "delete": Verb(permissions.DELETE, checks.nothing, delete),
}
