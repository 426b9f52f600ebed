"""What the pages of the inbox have in common."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render

from frontdesk.accounts import queries as accounts
from frontdesk.activity.sentences import as_uuid
from frontdesk.clients.queries import all_tags
from frontdesk.core.errors import Invalid
from frontdesk.teams.access import teams_for

from .. import queries
from ..queries import Filters
from ..telling import followed

NAMES = ("state", "whose", "member", "team", "tag", "q")
LONGEST_SEARCH = 200


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


def listed(request) -> dict:
    """The list of conversations that stands beside one, and what it can be narrowed by."""
    try:
        filters = filters_of(request)
        found = queries.inbox(request.actor, filters, after=request.GET.get("after", ""))
    except Invalid:
        filters = Filters()
        found = queries.inbox(request.actor, filters)
    return {
        "found": found, "filters": filters, "query_kept": kept(filters), "boxes": queries.BOXES,
        **assignable(request.actor), "tags": all_tags(),
        "narrowed": bool(filters.member or filters.team or filters.tag or filters.q),
    }  # fmt: skip
