"""The page between choosing many clients and changing them."""

from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from frontdesk.accounts import access as people
from frontdesk.core.errors import Invalid
from frontdesk.core.http import page
from frontdesk.core.text import gettext as _
from frontdesk.ui.flash import flash, flash_refusal
from frontdesk.undo.models import Change, LeftOut, State
from frontdesk.undo.registry import change_kinds

from .. import access, permissions, queries
from ..deletion import reasons_against_many
from ..exports import export_response
from . import actions
from .forms import TITLES, BulkForm, read_selection
from .selection import Selection
from .verbs import VERBS

SHOWN = 8
MOST_REASONS = 200


def _list_address(query: str) -> str:
    return reverse("clients:list") + (f"?{query}" if query else "")


def _told(request, change: Change, back: str) -> HttpResponse:
    """Say what was done, with a way back; a long or incomplete one has a page of its own."""
    said = change_kinds[change.kind].describe(change)
    if change.state == State.WORKING:
        return redirect("undo:show", change.pk)
    if not change.records:
        flash(request, _("There was nothing to change."), level="info")
    else:
        flash(request, said, undo=reverse("undo:undo", args=[change.pk]))
    left_out = change.records < change.total and LeftOut.objects.filter(change_id=change.pk).exists()
    return redirect("undo:show", change.pk) if left_out else redirect(back)


def _context(request, verb: str, selection: Selection, form: BulkForm) -> dict:
    found = selection.found(request.actor)
    rows = list(found.order_by("sort_key", "id")[:SHOWN])
    reasons = {}
    if verb == "delete":
        those = {client.pk: client for client in found.order_by("id")[:MOST_REASONS]}
        reasons = {those[pk].name: said for pk, said in reasons_against_many(list(those.values())).items()}
    return {
        "here": "clients", "verb": verb, "title": TITLES[verb], "form": form, "selection": selection,
        "total": found.count(), "shown": rows, "reasons": reasons, "query": request.POST.get("query", ""),
        "tags": queries.all_tags() if verb == "tag" else [],
    }  # fmt: skip


def _choose(request, verb: str, selection: Selection) -> HttpResponse:
    """Ask for the values of a verb, and do it once they are given."""
    access.require(request.actor, VERBS[verb].right)
    confirmed = "confirmed" in request.POST
    form = BulkForm(request.actor, verb, request.POST if confirmed else None)
    if confirmed and form.is_valid():
        try:
            change = actions.start(request.actor, verb, selection, form.values())
        except Invalid as refused:
            form.refuse(refused)
        else:
            return _told(request, change, _list_address(request.POST.get("query", "")))
    context = _context(request, verb, selection, form)
    return render(request, "clients/bulk/choose.html", context, status=422 if confirmed else 200)


def _export(request, selection: Selection, extension: str) -> HttpResponseBase:
    chosen = None if selection.all else selection.ids(request.actor)
    return export_response(request.actor, selection.filters, extension, chosen=chosen)


@page(permissions.VIEW, methods=("GET", "POST"))
def bulk(request) -> HttpResponseBase:
    """One verb for the clients chosen on the list."""
    verb = request.POST.get("verb", "")
    back = _list_address(QueryDict(request.POST.get("query", "")).urlencode())
    try:
        selection = read_selection(request.POST)
        if verb in ("export-csv", "export-xlsx"):
            return _export(request, selection, verb.removeprefix("export-"))
        if verb not in VERBS:
            return redirect(back)
        selection.ids(request.actor)
        return _choose(request, verb, selection)
    except Invalid as refused:
        flash_refusal(request, refused)
        return redirect(back)


@page(permissions.ASSIGN, obj="member", methods=("GET", "POST"))
def hand_over(request, member_id) -> HttpResponse:
    """Let another member serve all clients of this one."""
    member = people.get_member(request.actor, member_id)
    selection = Selection(all=True, filters=queries.Filters(assigned=str(member.pk)))
    typed = {"member": str(member.pk), "to": request.POST.get("to", "")}
    given = typed if request.method == "POST" else None
    form = BulkForm(request.actor, "reassign", given)
    # Who has left the team is not among its people, but their clients still are to be handed over.
    form.fields["member"].choices = [(str(member.pk), member.name)]
    form.fields["to"].choices = [pair for pair in form.fields["to"].choices if pair[0] != str(member.pk)]
    if form.is_bound and form.is_valid():
        try:
            change = actions.start(request.actor, "reassign", selection, form.values())
        except Invalid as refused:
            form.refuse(refused)
        else:
            return _told(request, change, reverse("accounts:member", args=[member.pk]))
    context = {"here": "people", "member": member, "form": form, "total": selection.found(request.actor).count()}
    return render(request, "clients/bulk/hand_over.html", context, status=422 if form.is_bound else 200)


@page(permissions.ASSIGN, obj="member", methods=("GET", "POST"))
def give(request, member_id) -> HttpResponse:
    """Choose clients for a member of the team, from their page."""
    member, typed = people.get_member(request.actor, member_id), request.GET.get("q", "")[:100]
    refused_with: list[str] = []
    if request.method == "POST":
        try:
            selection = read_selection(request.POST)
            change = actions.start(request.actor, "assign", selection, {"members": [member.pk]})
            return _told(request, change, reverse("accounts:member", args=[member.pk]))
        except Invalid as refused:
            refused_with = [str(said) for reasons in refused.errors.values() for said in reasons]
    found = queries.list_clients(request.actor, queries.Filters(q=typed), limit=50)
    for row in found.rows:
        row["served"] = any(one["id"] == member.pk for one in row["team"])
    context = {"here": "people", "member": member, "found": found, "q": typed, "refused": refused_with}
    return render(request, "clients/bulk/give.html", context, status=422 if refused_with else 200)
