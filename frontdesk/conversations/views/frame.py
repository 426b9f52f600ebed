"""What the pages of the inbox have in common."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render

from frontdesk.accounts import queries as accounts
from frontdesk.activity.sentences import as_uuid
from frontdesk.clients.queries import all_tags
from frontdesk.core import paging
from frontdesk.core.errors import Invalid
from frontdesk.teams.access import teams_for

from .. import queries
from ..queries import Filters, Row
from ..telling import followed

NAMES = ("state", "whose", "member", "team", "tag", "q")
LONGEST_SEARCH = 200
# How many conversations stand beside an open one, and how many of them at least above and below it.
BESIDE, AROUND = 20, 5


def show(request, template: str, context: dict, status: int = 200) -> HttpResponse:
    """A page of the inbox."""
    context = {"here": "inbox", "inbox_topic": followed(request.actor), **context}
    return render(request, f"conversations/{template}", context, status=status)


def filters_of(request) -> Filters:
    """The filters in an address; what it does not name is as the inbox begins. Raises Invalid."""
    asked = request.GET
    member, team, tag = (as_uuid(asked.get(name, "")) for name in ("member", "team", "tag"))
    q = asked.get("q", "")[:LONGEST_SEARCH]
    return queries.checked(Filters(asked.get("state", "open"), asked.get("whose", ""), member, team, tag, q=q))


def kept(filters: Filters) -> str:
    """The query that names the filters, so that links keep them."""
    values = {name: getattr(filters, name) for name in NAMES}
    if values["state"] == "open":
        del values["state"]
    return urlencode({name: value for name, value in values.items() if value})


def assignable(actor) -> dict:
    """To whom a conversation can be given."""
    return {"colleagues": accounts.team(actor.account), "teams": list(teams_for(actor))}


def listed(request, limit: int = paging.LIMIT) -> dict:
    """The list of conversations, also beside an open one, and what it can be narrowed by."""
    place = {"after": request.GET.get("after", ""), "before": request.GET.get("above", "")}
    try:
        filters = filters_of(request)
        found = queries.inbox(request.actor, filters, **place, limit=limit)
    except Invalid:
        filters, place = Filters(), {}
        found = queries.inbox(request.actor, filters, limit=limit)
    query = kept(filters)
    return {
        "found": found, "rows": _placed(found, query, place), "filters": filters, "query_kept": query,
        "newer": "?" + _at(query, above=found.before) if found.before else "",
        "older": "?" + _at(query, after=found.after) if found.after else "", "boxes": queries.BOXES,
        **assignable(request.actor), "tags": all_tags(),
        "narrowed": bool(filters.member or filters.team or filters.tag or filters.q),
    }  # fmt: skip


def _at(query: str, **place: str) -> str:
    """The query of the list at a place in it."""
    named = urlencode({name: cursor for name, cursor in place.items() if cursor})
    return "&".join(part for part in (query, named) if part)


def _placed(found: paging.Page, query: str, place: dict[str, str]) -> list[tuple[Row, str]]:
    """Each row with the query of its address, by which the list beside it holds the rows around it."""
    rows, count = found.rows, len(found.rows)
    # From `lowest` on a row leads to a list that begins above it, before `highest` to one that ends below it.
    lowest = max(min(BESIDE, count) - AROUND, AROUND + 1) if found.after or count > BESIDE else count
    last = count if found.after else count - BESIDE - 1
    highest = min(AROUND, count - 1) if found.before else 0
    here = _at(query, after=place.get("after", ""), above=place.get("before", ""))

    def query_of(index: int) -> str:
        if index >= lowest:
            return _at(query, after=queries.place_of(rows[min(index - AROUND - 1, last)]))
        if index < highest:
            return _at(query, above=queries.place_of(rows[min(index + AROUND + 1, count - 1)]))
        return here

    return [(row, query_of(index)) for index, row in enumerate(rows)]
