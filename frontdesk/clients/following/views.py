"""The pages of following: one client's, and all whom one follows."""

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render

from frontdesk.core.http import page
from frontdesk.core.text import gettext as _
from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.ui.flash import flash

from .. import access, permissions
from . import actions, queries
from .models import What


class FollowForm(forms.Form):
    """What of a client is followed."""

    follow = forms.MultipleChoiceField(
        label=_lazy("You are told of"), choices=What.choices, required=False, widget=forms.CheckboxSelectMultiple
    )


@page(permissions.FOLLOW, obj="client", methods=("GET", "POST"))
def follow(request, client_id: UUID) -> HttpResponse:
    """What one follows of a client."""
    client = access.get_client(request.actor, client_id)
    chosen = sorted(queries.follows(request.actor.id, client.pk))
    form = FollowForm(request.POST if request.method == "POST" else None, initial={"follow": chosen})
    if form.is_bound and form.is_valid():
        actions.follow(request.actor, client, form.cleaned_data["follow"])
        flash(request, _("Saved."))
        return redirect("clients:show", client.pk)
    context = {"here": "clients", "client": client, "form": form}
    return render(request, "clients/following/follow.html", context, status=422 if form.is_bound else 200)


@page(permissions.FOLLOW)
def followed(request) -> HttpResponse:
    """All whom one follows."""
    cursors = {name: request.GET.get(name, "") for name in ("after", "before")}
    labels = {value: str(label) for value, label in What.choices}
    context = {"here": "clients", "found": queries.followed(request.actor, **cursors), "labels": labels}
    return render(request, "clients/following/followed.html", context)
