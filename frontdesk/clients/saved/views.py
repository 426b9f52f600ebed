"""Saving views of the list, and the page that keeps them in order."""

from django import forms
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from frontdesk.core.errors import Forbidden, Invalid
from frontdesk.core.forms import show_refusal
from frontdesk.core.http import page
from frontdesk.core.text import gettext as _
from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.ui.flash import flash

from .. import permissions
from ..columns import parse
from ..listing import Filters
from . import actions
from .models import SavedView


class ViewForm(forms.Form):
    """The name of a view, and for whom it is."""

    name = forms.CharField(label=_lazy("Name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    shared = forms.BooleanField(label=_lazy("Share it with the team"), required=False)
    is_default = forms.BooleanField(label=_lazy("Open the list with it"), required=False)


def address_of(view: SavedView) -> str:
    """The list as the view shows it."""
    params = {**view.filters, "sort": view.sort, "columns": ",".join(view.columns), "view": str(view.pk)}
    return reverse("clients:list") + "?" + urlencode({key: value for key, value in params.items() if value})


def _typed(data, form: ViewForm) -> actions.ViewInput:
    filters = {name: data.get(name, "")[:1000] for name in vars(Filters()) if data.get(name)}
    return actions.ViewInput(
        filters=filters, sort=data.get("sort") or "name", columns=parse(data.get("columns", "")), **form.cleaned_data
    )


@page(permissions.SAVE_VIEWS, methods=("POST",))
def save(request):
    """Keep what the list shows now."""
    form = ViewForm(request.POST)
    if form.is_valid():
        try:
            return redirect(address_of(actions.save_view(request.actor, _typed(request.POST, form))))
        except Invalid as refused:
            show_refusal(form, refused)
    context = {"here": "clients", "form": form, "view": None, "carried": _kept(request.POST)}
    return render(request, "clients/saved/view.html", context, status=422)


def _kept(data) -> dict[str, str]:
    """What the list shows, to be sent again with the corrected name."""
    names = (*vars(Filters()), "sort", "columns")
    return {name: data[name][:1000] for name in names if data.get(name)}


def _of(view: SavedView, **changes) -> actions.ViewInput:
    names = ("name", "shared", "is_default", "filters", "sort", "columns")
    return actions.ViewInput(**{**{name: getattr(view, name) for name in names}, **changes})


@page(permissions.SAVE_VIEWS, obj="client_view", methods=("POST",))
def update(request, view_id):
    """Let a view show what the list shows now."""
    view = actions.get_view(request.actor, view_id)
    kept = _kept(request.POST)
    sort, keys = kept.pop("sort", "name"), parse(kept.pop("columns", ""))
    try:
        actions.change_view(request.actor, view, _of(view, filters=kept, sort=sort, columns=keys))
        flash(request, _("Saved."))
    except Invalid:
        flash(request, _("This view could not be saved."), level="error")
    return redirect(address_of(view))


@page(permissions.SAVE_VIEWS)
def views(request):
    """The views that one has, in order."""
    found = actions.views_of(request.actor)
    rows = [
        {"view": one, "href": address_of(one), "changeable": actions.may_change(request.actor, one)} for one in found
    ]
    return render(request, "clients/saved/views.html", {"here": "clients", "rows": rows})


@page(permissions.SAVE_VIEWS, obj="client_view", methods=("GET", "POST"))
def edit(request, view_id):
    """Rename a view, share it, make it the default."""
    view = actions.get_view(request.actor, view_id)
    initial = {"name": view.name, "shared": view.shared, "is_default": view.is_default}
    form = ViewForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            actions.change_view(request.actor, view, _of(view, **form.cleaned_data))
            return redirect("clients:views")
        except Invalid as refused:
            show_refusal(form, refused)
        except Forbidden:
            form.add_error("shared", _("You may not share views with the team."))
    context = {"here": "clients", "form": form, "view": view, "carried": {}}
    return render(request, "clients/saved/view.html", context, status=422 if form.is_bound else 200)


@page(permissions.SAVE_VIEWS, obj="client_view", methods=("POST",))
def move(request, view_id):
    """Move a view up or down."""
    view = actions.get_view(request.actor, view_id)
    actions.move_view(request.actor, view, -1 if request.POST.get("to") == "up" else 1)
    return redirect("clients:views")


@page(permissions.SAVE_VIEWS, obj="client_view", methods=("POST",))
def delete(request, view_id):
    """Forget a view."""
    view = actions.get_view(request.actor, view_id)
    actions.delete_view(request.actor, view)
    flash(request, _("“%(name)s” was deleted.", name=view.name))
    return redirect("clients:views")
