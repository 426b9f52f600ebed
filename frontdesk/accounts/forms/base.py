"""What the forms of this domain share."""

from collections.abc import Callable
from typing import Any

from django import forms

from frontdesk.core.errors import Invalid
from frontdesk.core.text import gettext_lazy as _lazy


class ActionForm(forms.Form):
    """A form whose rules are those of an action: what the action refuses is shown at the fields, input kept."""

    use_required_attribute = True
    result: Any = None

    def run(self, verb: Callable[[dict], Any]) -> bool:
        """Call `verb` with the cleaned data and keep its `result`; False when form or action refused."""
        if not self.is_valid():
            return False
        try:
            self.result = verb(self.cleaned_data)
        except Invalid as error:
            self.refuse(error)
            return False
        return True

    def refuse(self, error: Invalid) -> None:
        """Put an action's reasons on the fields that they name, the others on the whole form."""
        for field, reasons in error.errors.items():
            for reason in reasons:
                self.add_error(field if field in self.fields else None, str(reason))


def line(label, most: int, required: bool = True, **attrs) -> forms.CharField:
    """A field for one line of text; `attrs` are HTML attributes, `_` for `-`."""
    named = {key.replace("_", "-"): value for key, value in attrs.items()}
    return forms.CharField(label=label, max_length=most, required=required, widget=forms.TextInput(attrs=named))


def username_field(required: bool = True, autocomplete: str = "off") -> forms.CharField:
    """A field for a username."""
    plain = {"autocomplete": autocomplete, "autocapitalize": "none", "spellcheck": "false"}
    return line(_lazy("Username"), 60, required, **plain)


def email_field(label, required: bool = True, **attrs) -> forms.EmailField:
    """A field for an e-mail address."""
    return forms.EmailField(label=label, max_length=254, required=required, widget=forms.EmailInput(attrs=attrs))


def phone_field(label) -> forms.CharField:
    """A field for a phone number; the action checks it by the rules of the account's country."""
    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"})
    widget.input_type = "tel"
    return forms.CharField(label=label, max_length=40, required=False, widget=widget)


def with_empty(label, choices: Callable[[], list]) -> Callable[[], list]:
    """Choices with one for "nothing chosen" before them."""
    return lambda: [("", label), *choices()]
