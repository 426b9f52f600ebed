"""Reading the spine: the timeline of a client, and the log of the account.

    found = timeline(client.pk, after=request.GET.get("after", ""))
    for row in found.rows: row.sentence (Markup), row.at, row.icon, row.hue, row.changes, row.box, row.box_template

One query for the activities with their actors, and one for each kind of box and of name that occurs on the page.
`activity/parts/timeline.html` shows such rows by day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from markupsafe import Markup

from frontdesk.core import paging
from frontdesk.core.ids import uuid7_floor
from frontdesk.core.tenancy.prepared import Prepared

from . import sentences
from .models import Activity, Seal, Verification
from .sentences import Change, Entry

FIELDS = ("id", "at", "actor_id", "actor__name", "verb", "subject_id", "client_id", "data")
TIMELINE_LIMIT = 30
SAME_MOMENT = timedelta(seconds=2)
_EARLIEST, _LATEST = date(1970, 1, 2), date(9000, 1, 1)


@dataclass(frozen=True)
class Row:
    """An activity ready for a template."""

    entry: Entry
    sentence: Markup | str
    icon: str
    hue: str
    changes: list[Change]
    box: Any = None
    box_template: str = ""

    @property
    def id(self) -> UUID:
        """The activity's id."""
        return self.entry.id

    @property
    def at(self) -> datetime:
        """When it happened."""
        return self.entry.at

    @property
    def local_day(self) -> date:
        """The day in the time zone in use."""
        return timezone.localtime(self.entry.at).date()

    @property
    def verb(self) -> str:
        """What was done."""
        return self.entry.verb


def entry_of(row: dict) -> Entry:
    """An Entry from a row of `FIELDS`."""
    return Entry(
        id=row["id"], at=row["at"], actor_id=row["actor_id"], who=row["actor__name"] or "", verb=row["verb"],
        subject_id=row["subject_id"], client_id=row["client_id"], data=row["data"],
    )  # fmt: skip


def _boxes(entries: list[Entry]) -> dict[str, dict[UUID, Any]]:
    wanted: dict[str, list[UUID]] = {}
    for entry in entries:
        if entry.subject_id and sentences.boxes.get(entry.verb):
            wanted.setdefault(entry.verb, []).append(entry.subject_id)
    return {verb: sentences.boxes[verb].load(ids) for verb, ids in wanted.items()}


def ready(entries: list[Entry], *, boxes: bool = True) -> list[Row]:
    """Entries with their sentences, and with what stands under them."""
    names = sentences.resolve(entries)
    loaded = _boxes(entries) if boxes else {}
    return [_row(entry, names, loaded) for entry in entries]


def _row(entry: Entry, names: dict, loaded: dict) -> Row:
    known = sentences.sentence_of(entry.verb)
    box = loaded.get(entry.verb, {}).get(entry.subject_id)
    return Row(
        entry, sentences.describe(entry, names), known.icon, known.hue, sentences.changes_of(entry),
        box, sentences.boxes[entry.verb].template if box is not None else "",
    )  # fmt: skip


def telling(entries: list[Entry]) -> list[Entry]:
    """Of what happened to one client at one moment only what says more than that; entries in order of time."""
    moments: list[list[Entry]] = []
    for entry in entries:
        last = moments[-1][-1] if moments else None
        if last and last.client_id == entry.client_id and abs(last.at - entry.at) < SAME_MOMENT:
            moments[-1].append(entry)
        else:
            moments.append([entry])
    return [
        one
        for some in moments
        for one in [each for each in some if not sentences.sentence_of(each.verb).aside] or some[:1]
    ]


def _page(found: QuerySet, after: str, before: str = "", limit: int = 50) -> tuple[paging.Page, list[Entry]]:
    page = paging.page(found.values(*FIELDS), ["-id"], after=after, before=before, limit=limit)
    return page, [entry_of(row) for row in page.rows]


LATEST = Prepared(
    lambda client_id: (
        Activity.objects.filter(client_id=client_id).order_by("-id").values_list(*FIELDS)[: TIMELINE_LIMIT + 1]
    )
)


def _first_page(client_id: UUID) -> paging.Page:
    entries = [entry_of(dict(zip(FIELDS, row, strict=True))) for row in LATEST(client_id)]
    shown = entries[:TIMELINE_LIMIT]
    older = paging.encode([shown[-1].id]) if len(entries) > TIMELINE_LIMIT else None
    return paging.Page(ready(shown), older, None)


def timeline(
    client_id: UUID, after: str = "", limit: int = TIMELINE_LIMIT, formerly: Iterable[str] | None = None
) -> paging.Page:
    """What happened around a client, newest first, as Rows; the caller has checked that the actor may see it.

    `formerly` are the ids of clients that became part of this one.
    """
    if not after and limit == TIMELINE_LIMIT and not formerly:
        return _first_page(client_id)
    page, entries = _page(Activity.objects.filter(client_id__in=[client_id, *(formerly or ())]), after, limit=limit)
    return paging.Page(ready(entries), page.after, page.before)


@dataclass(frozen=True)
class LogFilters:
    """What of the log is shown: by a member, of one part (`clients`), from and until a day (both included)."""

    member: UUID | None = None
    group: str = ""
    since: date | None = None
    until: date | None = None
    client: UUID | None = None


def moment(day: date) -> UUID:
    """The smallest id of a day in the time zone in use."""
    near = min(max(day, _EARLIEST), _LATEST)
    return uuid7_floor(int(timezone.make_aware(datetime.combine(near, time.min)).timestamp() * 1000))


def logged(filters: LogFilters) -> QuerySet:
    """The account's activities under the filters, in no order."""
    found = Q()
    if filters.member:
        found &= Q(actor_id=filters.member)
    if filters.client:
        found &= Q(client_id=filters.client)
    if filters.group:
        found &= Q(verb__startswith=filters.group + ".")
    if filters.since:
        found &= Q(id__gte=moment(filters.since))
    if filters.until:
        found &= Q(id__lt=moment(min(filters.until, _LATEST) + timedelta(days=1)))
    return Activity.objects.filter(found)


def log_entries(filters: LogFilters, *, after: str = "", limit: int = paging.LIMIT):
    """As `log`, as (page, Entries) for programs."""
    return _page(logged(filters), after, limit=limit)


def log(filters: LogFilters, *, after: str = "", before: str = "", limit: int = paging.LIMIT) -> paging.Page:
    """The account's log, newest first, as Rows without boxes; raises Invalid for a bad cursor."""
    page, entries = _page(logged(filters), after, before, limit)
    return paging.Page(ready(entries, boxes=False), page.after, page.before)


def _members_named(ids: list[UUID]) -> QuerySet:
    # The model is found by its key, since members live in a higher domain.
    members = Activity._meta.get_field("actor").related_model
    return members.objects.filter(pk__in=ids).values_list("pk", "name")


NAMES = Prepared(_members_named, scoped=False)


def member_names(ids: list[UUID]) -> dict[UUID, str]:
    """Names of members by id."""
    return dict(NAMES(ids))


def seal_state() -> Seal | None:
    """The newest seal of the account, without its list of entries."""
    return Seal.objects.defer("covered").order_by("-number").first()


def chain_state() -> dict:
    """`seal`: the newest one; `check`: the last full check, or the one that goes on; either may be None."""
    return {"seal": seal_state(), "check": Verification.objects.first()}


sentences.register_names("member", member_names)


def happened_since(subject_ids: list[UUID], verbs: Iterable[str], at: datetime) -> list[tuple[UUID, str, dict]]:
    """(subject, verb, data) of what happened after a moment to people or the account, the newest first."""
    found = Activity.objects.filter(client_id__isnull=True, subject_id__in=subject_ids, verb__in=list(verbs), at__gt=at)
    rows = found.order_by("-id").values_list("subject_id", "verb", "data")
    return [(subject, verb, data) for subject, verb, data in rows if subject]


def first_since(client_id: UUID, verb: str, at: datetime) -> dict | None:
    """The data of the first activity of a verb around a client after a moment; None when there was none."""
    found = Activity.objects.filter(client_id=client_id, verb=verb, at__gt=at)
    return found.order_by("id").values_list("data", flat=True).first()
