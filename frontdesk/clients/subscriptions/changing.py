"""Writing subscriptions of some clients, with their history: the one place that does."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.utils import timezone

from frontdesk.activity.spine import record_many
from frontdesk.core.ids import uuid7s
from frontdesk.core.tenancy.bulk import bulk_insert
from frontdesk.undo.ledger import Ledger
from frontdesk.undo.plain import plain

from ..models import Client
from .models import OWN_WORD, Source, Subscription, SubscriptionEvent
from .rule import KINDS, Kind

_ROW = ("id", "client_id", "channel", "purpose", "subscribed", "since", "source")
_EVENT = ("id", "client_id", "channel", "purpose", "subscribed", "at", "source", "member_id", "address")


@dataclass(frozen=True)
class Wish:
    """What is to become of which kinds of messages, by what way, from which address."""

    kinds: tuple[Kind, ...]
    subscribed: bool
    source: str = Source.OFFICE.value
    address: str = ""

    @property
    def verb(self) -> str:
        """The verb of the activity."""
        return "client.resubscribed" if self.subscribed else "client.unsubscribed"


@dataclass
class _Writing:
    """What a wish comes to: new rows, rows that change, and the kinds of each client."""

    wish: Wish
    at: datetime
    ledger: Ledger | None
    new: list[tuple] = field(default_factory=list)
    changed: list[UUID] = field(default_factory=list)
    kinds: dict[UUID, list[Kind]] = field(default_factory=lambda: defaultdict(list))

    def take(self, client_id: UUID, kind: Kind, row: Subscription | None) -> None:
        """Note what the wish does to one subscription."""
        wish = self.wish
        if row is None and not (wish.subscribed and kind[1] == "service"):
            self.new.append((client_id, *kind, wish.subscribed, self.at, wish.source))
            self.kinds[client_id].append(kind)
        elif row is not None and _differs(row, wish):
            self.changed.append(row.pk)
            self.kinds[client_id].append(kind)
            if self.ledger:
                now = {"subscribed": wish.subscribed, "since": plain(self.at), "source": wish.source}
                before = {name: plain(getattr(row, name)) for name in now}
                self.ledger.updated(client_id, Subscription, row.pk, before, now)

    def write(self) -> None:
        """Save the rows."""
        ids = uuid7s(len(self.new))
        bulk_insert(Subscription, _ROW, [(pk, *row) for pk, row in zip(ids, self.new, strict=True)])
        Subscription.objects.filter(pk__in=self.changed).update(
            subscribed=self.wish.subscribed, since=self.at, source=self.wish.source
        )
        for pk, row in zip(ids, self.new, strict=True) if self.ledger else ():
            after = {"subscribed": row[3], "since": plain(self.at), "source": self.wish.source}
            self.ledger.created(row[0], Subscription, pk, after)


def _differs(row: Subscription, wish: Wish) -> bool:
    """A client's own word counts anew over the office's, so that what the office did can no longer be taken back."""
    own = wish.source in OWN_WORD and row.source not in OWN_WORD
    return row.subscribed != wish.subscribed or own


def note(actor, at: datetime, happened: list[tuple[UUID, Kind, bool]], source: str, address: str = "") -> None:
    """Add to the history."""
    ids = uuid7s(len(happened))
    rows = [
        (pk, client_id, *kind, subscribed, at, source, actor.id, address)
        for pk, (client_id, kind, subscribed) in zip(ids, happened, strict=True)
    ]
    bulk_insert(SubscriptionEvent, _EVENT, rows)


def rows_of(ids: list[UUID]) -> dict[tuple[UUID, Kind], Subscription]:
    """What was said by or about clients."""
    return {(row.client_id, row.kind): row for row in Subscription.objects.filter(client_id__in=ids)}


def refresh(ids: list[UUID]) -> None:
    """Bring the clients' own rows up to date: whether they unsubscribed from everything."""
    off = Subscription.objects.filter(client_id__in=ids, subscribed=False).values("client_id")
    silent = set(off.annotate(kinds=Count("id")).filter(kinds=len(KINDS)).values_list("client_id", flat=True))
    Client.objects.filter(pk__in=silent, unsubscribed=False).update(unsubscribed=True)
    others = [client_id for client_id in ids if client_id not in silent]
    Client.objects.filter(pk__in=others, unsubscribed=True).update(unsubscribed=False)


def named(kinds) -> list[str]:
    """Kinds as activities and changes name them."""
    return [".".join(kind) for kind in KINDS if kind in kinds]


def _record(actor, wish: Wish, kinds: dict[UUID, list[Kind]]) -> None:
    alike: dict[tuple[str, ...], list[UUID]] = defaultdict(list)
    for client_id, own in kinds.items():
        alike[tuple(named(own))].append(client_id)
    for names, clients in alike.items():
        data: dict[str, Any] = {"messages": list(names), "by": wish.source}
        record_many(actor, wish.verb, [(client_id, client_id, data) for client_id in clients])


def carry_out(
    actor, wish: Wish, ids: list[UUID], *, ledger: Ledger | None = None, skipped: set[tuple[UUID, Kind]] | None = None
) -> list[UUID]:
    """Do a wish in the caller's transaction, but for what is `skipped`; the clients whom it changed something for."""
    there = list(Client.objects.select_for_update().filter(pk__in=ids).order_by("id").values_list("id", flat=True))
    rows, work = rows_of(there), _Writing(wish, timezone.now(), ledger)
    for client_id in there:
        for kind in wish.kinds:
            if (client_id, kind) not in (skipped or ()):
                work.take(client_id, kind, rows.get((client_id, kind)))
    work.write()
    happened = [(client_id, kind, wish.subscribed) for client_id, kinds in work.kinds.items() for kind in kinds]
    note(actor, work.at, happened, wish.source, wish.address)
    touched = list(work.kinds)
    Client.objects.filter(pk__in=touched).update(updated_at=work.at)
    refresh(touched)
    _record(actor, wish, work.kinds)
    return touched
