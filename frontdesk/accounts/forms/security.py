"""Forms about one's own second factors, and what the account asks for."""

from django import forms

from frontdesk.core.text import gettext_lazy as _lazy

from ..actions.factors import LONGEST_NAME
from ..signin.forms import code_field
from .base import ActionForm, line


class AppForm(ActionForm):
    """The code that an app shows once it has the secret."""

    code = code_field(_lazy("The code that the app shows"))


class NewPasskeyForm(ActionForm):
    """A name for a passkey, and what the browser made."""

    name = line(_lazy("Name"), LONGEST_NAME, required=False, autocomplete="off")
    credential = forms.JSONField(widget=forms.HiddenInput)


class FactorPolicyForm(ActionForm):
    """Whether the office must have a second factor."""

    require_second_factor = forms.BooleanField(
        label=_lazy("Admins and staff must have a second factor"), required=False,
        help_text=_lazy("Whoever has none is asked to set one up before anything else."),
    )  # fmt: skip
