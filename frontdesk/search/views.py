"""The search page, and the palette that answers as one types."""

from itertools import groupby

from django.shortcuts import render

from frontdesk.core.http import page
from frontdesk.core.registry import quick_actions, visible

from . import permissions, queries

PAGE_LIMIT = 50


def _grouped(hits: list[queries.Hit]) -> list[tuple]:
    ordered = sorted(hits, key=lambda hit: hit.kind.order)
    return [(kind, list(found)) for kind, found in groupby(ordered, key=lambda hit: hit.kind)]


@page(permissions.SEARCH)
def palette(request):
    """The first hits as a fragment; with nothing typed, the shortcuts."""
    query = request.GET.get("q", "")
    context = {"query": query, "groups": _grouped(queries.search(request.actor, query))}
    context["shortcuts"] = [] if query.strip() else visible(quick_actions, request.actor)
    return render(request, "search/hits.html", context)


@page(permissions.SEARCH)
def results(request):
    """The same as a page of its own."""
    query = request.GET.get("q", "")
    groups = _grouped(queries.search(request.actor, query, limit=PAGE_LIMIT))
    return render(request, "search/page.html", {"here": "search", "query": query, "groups": groups, "shortcuts": []})
