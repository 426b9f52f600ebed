"""The page of recent changes, and undoing one."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from frontdesk.activity.settings_layout import pages_of
from frontdesk.core.errors import Conflict, Invalid
from frontdesk.core.http import page
from frontdesk.core.text import gettext as _
from frontdesk.core.text import ngettext as _n
from frontdesk.ui.flash import flash

from . import access, actions, queries
from .models import Change, State
from .permissions import UNDO, VIEW
from .registry import change_kinds


def _render(request, template: str, context: dict) -> HttpResponse:
    context |= {"settings_pages": pages_of(request.actor), "here": "settings"}
    return render(request, f"undo/{template}", context)


def _address(request, **changed: str) -> str:
    kept = {key: value for key, value in request.GET.items() if key in ("kind", "state") and value}
    return "?" + urlencode({**kept, **changed})


@page(VIEW)
def changes(request) -> HttpResponse:
    """What can still be undone and what was, newest first."""
    asked = {name: request.GET.get(name, "")[:400] for name in ("kind", "state", "after", "before")}
    try:
        found = queries.recent(request.actor, **asked)
    except Invalid:
        return redirect("undo:changes")
    states = [(value, label) for value, label in State.choices]
    context = {
        "found": found, "kind": asked["kind"], "state": asked["state"],
        "kinds": queries.kind_choices(request.actor), "states": states,
        "newer": _address(request, before=found.before) if found.before else "",
        "older": _address(request, after=found.after) if found.after else "",
    }  # fmt: skip
    return _render(request, "changes.html", context)


@page(VIEW, obj="change")
def show(request, change_id) -> HttpResponse:
    """One change: what it did, how far it is, and what was left as it was."""
    change = access.get_change(request.actor, change_id)
    undoing = change.state in (State.UNDOING, State.UNDONE)
    try:
        left = queries.left_out(change, undoing=undoing, after=request.GET.get("after", ""))
    except Invalid:
        return redirect("undo:show", change_id)
    kind = change_kinds[change.kind]
    context = {"row": queries.shown(request.actor, change), "change": change, "left": left, "kind": kind}
    return _render(request, "change.html", context)


@page(VIEW, obj="change")
def progress(request, change_id) -> HttpResponse:
    """The progress bar alone, asked for every second; leads on when the run is over."""
    change = access.get_change(request.actor, change_id)
    if change.is_working:
        return render(request, "undo/parts/bar.html", {"change": change})
    return HttpResponse(headers={"HX-Redirect": reverse("undo:show", args=[change.pk])})


def _tell(request, change: Change) -> None:
    left = change.records - change.restored
    if left:
        said = _n("Undone, but %(num)s was left as it is.", "Undone, but %(num)s were left as they are.", left)
        flash(request, said, level="warning")
    else:
        flash(request, _("Undone."))


def _back(request, change: Change) -> HttpResponse:
    """To the page where the way back was offered; to the change itself where something was left."""
    wanted = request.POST.get("next", "")
    own = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return redirect(wanted if own and change.restored == change.records else reverse("undo:show", args=[change.pk]))


@page(UNDO, obj="change", methods=("POST",))
def undo(request, change_id) -> HttpResponse:
    """Take a change back."""
    change = access.get_change(request.actor, change_id)
    try:
        change = actions.undo(request.actor, change)
    except Conflict as refused:
        flash(request, refused.errors[""][0], level="warning")
    else:
        if change.state == State.UNDONE:
            _tell(request, change)
            return _back(request, change)
    return redirect("undo:show", change_id)
