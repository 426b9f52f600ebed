"""The page of the settings that says which files are taken."""

import re

from django import forms
from django.shortcuts import redirect, render

from frontdesk.activity.settings_layout import pages_of
from frontdesk.core.errors import Invalid
from frontdesk.core.forms import show_refusal
from frontdesk.core.http import page
from frontdesk.core.text import gettext as _
from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.ui.flash import flash

from .. import actions, permissions
from ..limits import cap, limits
from ..types import DEFAULT_EXTENSIONS


class LimitsForm(forms.Form):
    """Extensions, written with spaces or commas between them, and the largest size."""

    extensions = forms.CharField(
        label=_lazy("Types of files"), max_length=3000, widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"})
    )
    megabytes = forms.IntegerField(label=_lazy("Largest size, in MB"), min_value=1)


def _saved(request, form: LimitsForm) -> bool:
    if not form.is_bound or not form.is_valid():
        return False
    names = re.split(r"[\s,;]+", form.cleaned_data["extensions"])
    try:
        actions.set_limits(request.actor, names, form.cleaned_data["megabytes"])
    except Invalid as refused:
        show_refusal(form, refused)
        return False
    flash(request, _("Saved."))
    return True


@page(permissions.LIMITS, methods=("GET", "POST"))
def edit(request):
    """Which files may be uploaded, and how large they may be."""
    taken = limits()
    form = LimitsForm(
        request.POST if request.method == "POST" else None,
        initial={"extensions": taken.listed, "megabytes": taken.megabytes},
    )
    if _saved(request, form):
        return redirect("files:limits")
    context = {
        "here": "settings", "section": "files", "settings_pages": pages_of(request.actor), "form": form,
        "most": cap(), "usual": ", ".join(DEFAULT_EXTENSIONS),
    }  # fmt: skip
    return render(request, "files/limits.html", context, status=422 if form.is_bound else 200)
