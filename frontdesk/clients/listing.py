"""The list of clients: filters, orders, and one page of it by key."""

from collections import defaultdict
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from frontdesk.core import paging
from frontdesk.core.checks import Errors
from frontdesk.core.errors import Invalid
from frontdesk.core.tenancy.prepared import Prepared
from frontdesk.core.text import gettext as _
from frontdesk.search.queries import CANDIDATES, matching_ids

from . import access, summary
from .custom.models import FieldKind
from .custom.values import clean_values, fields_in_use
from .models import Assignment, Client, ClientTag, Status

SORTS = {
    "name": ["sort_key", "id"],
    "-name": ["-sort_key", "-id"],
    "newest": ["-id"],
    "oldest": ["id"],
    "changed": ["-updated_at", "-id"],
}
ROW = (
    "id", "kind", "status", "name", "sort_key", "reference", "email", "phone", "has_mobile", "has_portal",
    "unsubscribed", "created_at", "updated_at", "custom",
)  # fmt: skip
NOBODY = "none"


@dataclass
class Filters:
    """What a list of clients is narrowed to; empty values do not narrow. `assigned` is a member's id or "none".
    `unsubscribed` is "yes" for those who unsubscribed from all messages.

    `custom` is `<own field's id>:<value>`, several with commas; the value is a choice's id, or "yes" or "no".
    """

    q: str = ""
    status: str = ""
    kind: str = ""
    assigned: str = ""
    tag: str = ""
    mobile: str = ""
    portal: str = ""
    unsubscribed: str = ""
    custom: str = ""

    def active(self) -> dict[str, str]:
        """The filters in use, by name."""
        return {name: value for name, value in vars(self).items() if value}


@dataclass
class ClientPage:
    """Rows (dicts of ROW, `tags`, `team`) and the cursors beside; `cut` when the search matched more than is shown."""

    rows: list[dict]
    after: str | None
    before: str | None
    cut: bool = False
    filters: Filters = field(default_factory=Filters)


def _identifier(name: str, value: str) -> UUID:
    try:
        return UUID(value)
    except ValueError:
        raise Invalid({name: [_("Must be an identifier (UUID).")]}) from None


def _one_of(name: str, value: str, choices) -> str:
    errors = Errors()
    if value not in choices:
        errors.add(name, _("Choose one of: %(choices)s.", choices=", ".join(choices)))
    errors.raise_any()
    return value


def _yes_or_no(name: str, value: str) -> bool:
    return _one_of(name, value, ("yes", "no")) == "yes"


def _own_field(pair: str, fields: dict) -> dict:
    """The condition of `<field>:<value>`; none for an empty value."""
    name, _colon, typed = pair.strip().partition(":")
    errors = Errors()
    if name not in fields:
        errors.add("custom", _("There is no such field."))
    value = None if errors.found else clean_values(errors, [fields[name]], {name: typed}, {}).get(name)
    errors.raise_any()
    return {} if value is None else {f"custom__{name}": value}


def _own_fields(wanted: str) -> dict:
    fields = {str(one.pk): one for one in fields_in_use() if one.kind in (FieldKind.CHOICE, FieldKind.YES_NO)}
    conditions: dict = {}
    for pair in filter(None, wanted.split(",")):
        conditions |= _own_field(pair, fields)
    return conditions


def _simple(filters: Filters) -> dict:
    """The conditions on a client's own row.

    `IN` with one value, since a bare boolean keeps SQLite from its index, except where that is the index's condition.
    """
    found: dict = {}
    if filters.status:
        found["status"] = _one_of("status", filters.status, Status.values)
    if filters.kind:
        found["kind"] = filters.kind
    for name in ("mobile", "portal"):
        value = getattr(filters, name)
        if value:
            found[f"has_{name}__in"] = [_yes_or_no(name, value)]
    if filters.unsubscribed:
        found["unsubscribed"] = _yes_or_no("unsubscribed", filters.unsubscribed)
    return found | (_own_fields(filters.custom) if filters.custom else {})


def _links(filters: Filters) -> list[QuerySet]:
    """The rows that tie clients to the tag and the member asked for."""
    found: list[QuerySet] = []
    if filters.tag:
        found.append(ClientTag.objects.filter(tag_id=_identifier("tag", filters.tag)))
    if filters.assigned and filters.assigned != NOBODY:
        found.append(Assignment.objects.filter(member_id=_identifier("assigned", filters.assigned)))
    return found


def matching(actor, q: str) -> list[UUID] | None:
    """The clients, at most CANDIDATES, whom words find by name, number or address; None where there are no words."""
    return matching_ids(actor, q, summary.KIND) if q.strip() else None


def narrow(actor, filters: Filters) -> tuple[QuerySet[Client], bool]:
    """The clients that the actor may see and that pass the filters, and whether a search was cut at its limit."""
    found = access.clients_for(actor).filter(**_simple(filters))
    for links in _links(filters):
        found = found.filter(id__in=links.values("client_id"))
    if filters.assigned == NOBODY:
        found = found.filter(~Exists(Assignment.objects.filter(client_id=OuterRef("id"))))
    ids = matching(actor, filters.q)
    if ids is not None:
        found = found.filter(id__in=ids)
    return found, ids is not None and len(ids) == CANDIDATES


BY_LINK = {"name": ["sort_key", "client_id"], "-name": ["-sort_key", "-client_id"]}


def _along_links(actor, filters: Filters, sort: str) -> QuerySet | None:
    """A list by name of those who have a tag or are served by somebody: the ties themselves, which are in that order.

    None where that does not serve: another order, a search, or an actor who sees only some clients.
    """
    links = _links(filters)
    if len(links) != 1 or sort not in BY_LINK or filters.q.strip() or access.visible_client_ids(actor) is not None:
        return None
    if filters.assigned == NOBODY:
        return None
    return links[0].filter(**{f"client__{name}": value for name, value in _simple(filters).items()})


def _row(along: dict) -> dict:
    return {name: along[f"client__{name}"] for name in ROW}


def _page(actor, filters: Filters, sort: str, chosen: list[UUID] | None, **place) -> tuple[paging.Page, bool]:
    if chosen is not None:
        return paging.page(narrow(actor, Filters())[0].filter(pk__in=chosen).values(*ROW), SORTS[sort], **place), False
    along = _along_links(actor, filters, sort)
    if along is not None:
        names = (*(f"client__{name}" for name in ROW), "sort_key", "client_id")
        page = paging.page(along.values(*names), BY_LINK[sort], **place)
        return paging.Page([_row(row) for row in page.rows], page.after, page.before), False
    found, cut = narrow(actor, filters)
    return paging.page(found.values(*ROW), SORTS[sort], **place), cut


TAGS = Prepared(
    lambda ids: (
        ClientTag.objects.filter(client_id__in=ids)
        .order_by("tag__key")
        .values_list("client_id", "tag_id", "tag__name", "tag__hue")
    )
)
SERVING = Prepared(
    lambda ids: (
        Assignment.objects.filter(client_id__in=ids)
        .order_by("member__sort_name")
        .values_list("client_id", "member_id", "member__name", "member__role")
    )
)


def tags_of(client_ids: list[UUID]) -> dict[UUID, list[dict]]:
    """Client id to its tags ({id, name, hue}), by name."""
    found: dict[UUID, list[dict]] = defaultdict(list)
    for client_id, tag_id, name, hue in TAGS(client_ids):
        found[client_id].append({"id": tag_id, "name": name, "hue": hue})
    return found


def team_of(client_ids: list[UUID]) -> dict[UUID, list[dict]]:
    """Client id to the members who serve it ({id, name, role}), by name."""
    found: dict[UUID, list[dict]] = defaultdict(list)
    for client_id, member_id, name, role in SERVING(client_ids):
        found[client_id].append({"id": member_id, "name": name, "role": role})
    return found


def list_clients(
    actor, filters: Filters, *, sort: str = "name", after: str = "", before: str = "", limit: int = paging.LIMIT,
    chosen: list[UUID] | None = None,
) -> ClientPage:  # fmt: skip
    """One page of the clients that the actor may see, of the `chosen` where given.

    Raises Invalid for an unknown sort, filter or cursor.
    """
    if sort not in SORTS:
        raise Invalid({"sort": [_("Choose one of: %(choices)s.", choices=", ".join(SORTS))]})
    page, cut = _page(actor, filters, sort, chosen, after=after, before=before, limit=limit)
    ids = [row["id"] for row in page.rows]
    tags, team = tags_of(ids), team_of(ids)
    for row in page.rows:
        row["tags"], row["team"] = tags.get(row["id"], []), team.get(row["id"], [])
    return ClientPage(page.rows, page.after, page.before, cut, filters)
