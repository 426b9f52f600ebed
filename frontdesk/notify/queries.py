"""Reads of notices: a fixed number of queries for a page of them, whatever it holds."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from frontdesk.accounts.signin.devices import device, is_phone
from frontdesk.activity import sentences
from frontdesk.core import paging
from frontdesk.core.errors import Invalid
from frontdesk.core.tenancy.prepared import Prepared
from frontdesk.core.text import gettext as _

from . import access
from .kinds import Area, NoticeData, NoticeKind, Wording, areas, kinds
from .models import Counter, Notice

PANEL = 8
NEWEST = ["-at", "-id"]
COUNTERS = Prepared(
    lambda member_id: Counter.objects.filter(member_id=member_id, unread__gt=0).values_list("area", "unread")
)


@dataclass(frozen=True)
class Row:
    """A notice in words; `gone` when the reader may no longer see what it is about."""

    notice: Notice
    kind: NoticeKind | None
    wording: Wording
    gone: bool = False

    @property
    def unread(self) -> bool:
        """Whether it is still to be read."""
        return self.notice.read_at is None


def _names(notices: Iterable[Notice]) -> dict[UUID, str]:
    ids = {notice.actor_id for notice in notices if notice.actor_id}
    return sentences.name_kinds["member"].load(sorted(ids)) if ids else {}


def _data(notice: Notice, names: dict[UUID, str]) -> NoticeData:
    who = names.get(notice.actor_id, str(sentences.FORMER)) if notice.actor_id else str(sentences.AUTOMATIC)
    return NoticeData(
        notice.pk, notice.kind, notice.key, notice.actor_id, notice.subject_id, notice.client_id, notice.data,
        notice.count, notice.at, who,
    )  # fmt: skip


def _loaded(found: list[NoticeData], reader) -> None:
    """Give the notices of each kind what their words need, all of them in one call."""
    by_kind: dict[str, list[NoticeData]] = defaultdict(list)
    for data in found:
        by_kind[data.kind].append(data)
    for key, group in by_kind.items():
        kind = kinds.get(key)
        if kind is not None and kind.load is not None:
            loaded = kind.load(group, reader)
            for data in group:
                data.loaded = loaded


def _row(notice: Notice, data: NoticeData, reader) -> Row:
    kind = kinds.get(notice.kind)
    said = kind.wording(data, reader) if kind and reader.role in kind.audience else None
    return Row(notice, kind, said or Wording(_("This is no longer there.")), gone=said is None)


def worded(notices: list[Notice], reader) -> list[Row]:
    """Notices of a reader in words, in the language in use."""
    names = _names(notices)
    found = [_data(notice, names) for notice in notices]
    _loaded(found, reader)
    return [_row(notice, data, reader) for notice, data in zip(notices, found, strict=True)]


def _narrowed(actor, area: str, unread: bool) -> QuerySet[Notice]:
    found = access.notices_for(actor)
    if area:
        if areas.get(area) is None:
            raise Invalid({"area": [_("Choose one from the list.")]})
        found = found.filter(area=area)
    return found.filter(read_at=None) if unread else found


def notices(
    actor, *, area: str = "", unread: bool = False, after: str = "", before: str = "", limit: int = paging.LIMIT
) -> paging.Page:
    """A page of Row, what happened last first; raises Invalid for an unknown area or a bad cursor."""
    found = paging.page(_narrowed(actor, area, unread), NEWEST, after=after, before=before, limit=limit)
    return paging.Page(worded(found.rows, actor), found.after, found.before)


def newest(actor) -> list[Row]:
    """The notices that the panel shows: unread ones first, then by time."""
    own = access.notices_for(actor)
    unread = list(own.filter(read_at=None).order_by(*NEWEST)[:PANEL])
    read = list(own.exclude(read_at=None).order_by(*NEWEST)[: PANEL - len(unread)]) if len(unread) < PANEL else []
    return worded(unread + read, actor)


def row(notice: Notice, reader) -> Row:
    """One notice in words."""
    return worded([notice], reader)[0]


def unread(actor) -> dict[str, int]:
    """Area -> unread notices, of areas that have some; read by every page."""
    return dict(COUNTERS(actor.id)) if actor.id else {}


def numbers(actor) -> dict[str, int]:
    """Area -> number, of all areas with a number of their own or unread notices; one statement."""
    if actor.id is None:
        return {}
    sql, params = COUNTERS.part(actor.id)
    parts, values = [f"SELECT 0, area, unread FROM ({sql}) told"], list(params)
    for area in areas:
        own = area.count(actor) if area.count else None
        if own is not None:
            parts.append(f"SELECT 1, %s, ({own[0]})")
            values += [area.key, *own[1]]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        # An area's own number stands over its notices.
        return {area: int(number) for _own, area, number in sorted(cursor.fetchall())}


def bell(numbers: Mapping[str, int]) -> int:
    """The number at the bell: what waits in areas that have no count, and so no place, of their own."""
    counted = {area.key for area in areas if area.count}
    return sum(number for key, number in numbers.items() if key not in counted)


@dataclass(frozen=True)
class DeviceRow:
    """A browser that takes pushes, as its owner tells it from others."""

    id: UUID
    name: str
    phone: bool
    mark: str
    created_at: datetime
    used_at: datetime | None


def devices(actor) -> list[DeviceRow]:
    """The actor's browsers that take pushes, newest first; there are at most twenty."""
    return [
        DeviceRow(row.pk, device(row.agent), is_phone(row.agent), row.mark, row.created_at, row.used_at)
        for row in access.devices_for(actor).order_by("-id")
    ]


def counters(actor) -> dict[str, int]:
    """Area -> number, of all areas: the area's own count, else its unread notices."""
    found = numbers(actor)
    return {area.key: found.get(area.key, 0) for area in areas}


def shown_areas(actor) -> list[Area]:
    """The areas of which this actor can be told something."""
    mine = {kind.area for kind in kinds if actor.role in kind.audience}
    return [area for area in areas if area.key in mine]
