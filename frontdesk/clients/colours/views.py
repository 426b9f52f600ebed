"""The page where a member chooses the colour of a client in their calendar."""

from uuid import UUID

from django import forms
from django.shortcuts import redirect, render

from frontdesk.core.http import page
from frontdesk.core.text import gettext as _
from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.ui.flash import flash
from frontdesk.ui.hues import HUES

from .. import access, permissions
from . import actions


class ColourForm(forms.Form):
    """One of the colours, or none."""

    hue = forms.TypedChoiceField(
        label=_lazy("Colour"), choices=[(0, _lazy("No colour")), *HUES], coerce=int, widget=forms.RadioSelect
    )


@page(permissions.COLOUR, obj="client", methods=("GET", "POST"))
def colour(request, client_id: UUID):
    """The colour of a client in one's own calendar."""
    client = access.get_client(request.actor, client_id)
    chosen = actions.colours_of(request.actor, [client.pk]).get(client.pk, 0)
    form = ColourForm(request.POST if request.method == "POST" else None, initial={"hue": chosen})
    if form.is_bound and form.is_valid():
        actions.choose_colour(request.actor, client, form.cleaned_data["hue"] or None)
        flash(request, _("Saved."))
        return redirect("clients:show", client.pk)
    context = {"here": "clients", "client": client, "form": form}
    return render(request, "clients/colours/colour.html", context, status=422 if form.is_bound else 200)
