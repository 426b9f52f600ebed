"""A webhook as people set it up."""

from django import forms
from django.utils.html import format_html

from frontdesk.core.text import gettext as _
from frontdesk.core.text import gettext_lazy as _lazy

from . import queries
from .actions import EVERYTHING
from .models import Endpoint


class EndpointForm(forms.Form):
    """Address, description, and what it is told: whole parts, or single kinds."""

    url = forms.CharField(label=_lazy("Address"), max_length=500, help_text=_lazy("Begins with https://."))
    description = forms.CharField(label=_lazy("Description"), max_length=120, required=False)
    parts = forms.MultipleChoiceField(
        label=_lazy("What it is told"), required=False, widget=forms.CheckboxSelectMultiple
    )
    verbs = forms.MultipleChoiceField(label=_lazy("Single kinds"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, data=None, *, endpoint: Endpoint | None = None):
        super().__init__(data, initial=_initial(endpoint) if endpoint else {"parts": [EVERYTHING]})
        self.fields["parts"].choices = [(EVERYTHING, _("Everything")), *queries.parts()]
        self.fields["verbs"].choices = [(verb, format_html("<code>{}</code>", verb)) for verb in queries.verbs()]

    def values(self) -> dict:
        """What the action takes, of a valid form."""
        data = self.cleaned_data
        kinds = [EVERYTHING] if EVERYTHING in data["parts"] else [*data["parts"], *data["verbs"]]
        return {"url": data["url"], "description": data["description"], "kinds": kinds}


def _initial(endpoint: Endpoint) -> dict:
    return {
        "url": endpoint.url, "description": endpoint.description,
        "parts": [kind for kind in endpoint.kinds if "." not in kind],
        "verbs": [kind for kind in endpoint.kinds if "." in kind],
    }  # fmt: skip
