"""HTML input of own fields, and of a client's values in them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from frontdesk.core.errors import Invalid
from frontdesk.core.forms import show_refusal
from frontdesk.core.text import gettext as _
from frontdesk.core.text import gettext_lazy as _lazy

from .actions import FieldInput, OptionInput
from .models import CustomField, FieldKind
from .values import LONGEST

SPARE_ROWS = 1


def _choices(field: CustomField, value) -> list[tuple[str, str]]:
    """The choices on offer, and the one that the client has."""
    kept = [option for option in field.options if not option.get("archived") or option["id"] == value]
    return [("", "–"), *((option["id"], option["label"]) for option in kept)]


def value_field(field: CustomField, value=None) -> forms.Field:
    """The form's field for a client's value."""
    shared: dict[str, Any] = {"label": field.label, "help_text": field.help, "required": field.required}
    if field.kind == FieldKind.CHOICE:
        return forms.ChoiceField(choices=_choices(field, value), **shared)
    if field.kind == FieldKind.YES_NO:
        return forms.ChoiceField(choices=[("", "–"), ("yes", _("Yes")), ("no", _("No"))], **shared)
    widgets: dict[FieldKind, forms.Widget] = {
        FieldKind.DATE: forms.DateInput(),
        FieldKind.NUMBER: forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    }
    widget = widgets.get(FieldKind(field.kind), forms.TextInput(attrs={"autocomplete": "off"}))
    if field.kind == FieldKind.DATE:
        widget.input_type = "date"
    return forms.CharField(max_length=LONGEST, widget=widget, **shared)


def _initial(value):
    return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value


class CustomValues(forms.Form):
    """A form's part for own fields: `add_custom` puts them on, `custom_typed` reads them."""

    custom: list[CustomField] = []

    def add_custom(self, fields: Iterable[CustomField], values: Mapping) -> None:
        """Put the account's own fields on the form."""
        self.custom = list(fields)
        for field in self.custom:
            value = values.get(str(field.pk))
            self.fields[field.path] = value_field(field, value)
            self.initial[field.path] = _initial(value)

    def custom_typed(self) -> dict[str, str]:
        """What was typed, by the field's id."""
        return {str(field.pk): self.cleaned_data.get(field.path, "") for field in self.custom}

    @property
    def custom_bound(self) -> list:
        """The bound fields, in order, for templates."""
        return [self[field.path] for field in self.custom]


class OptionForm(forms.Form):
    """One choice; `id` of one that is there already."""

    id = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    label = forms.CharField(required=False, max_length=80)


OptionFormSet = forms.formset_factory(OptionForm, extra=SPARE_ROWS, can_delete=True, max_num=101)


class FieldForm(forms.Form):
    """An own field with its choices (formset `options`)."""

    label = forms.CharField(label=_lazy("Name"), max_length=80)
    kind = forms.ChoiceField(label=_lazy("Holds"), choices=FieldKind.choices, initial=FieldKind.TEXT)
    help = forms.CharField(
        label=_lazy("Help"), required=False, max_length=200, help_text=_lazy("Shown under the field, like this line.")
    )
    required = forms.BooleanField(label=_lazy("Must be filled in"), required=False)

    def __init__(self, data=None, *, field: CustomField | None = None):
        names = ("label", "kind", "help", "required")
        super().__init__(data, initial={name: getattr(field, name) for name in names} if field else None)
        if field:
            self.fields["kind"].disabled = True
        initial = [{"id": option["id"], "label": option["label"]} for option in field.offered] if field else []
        self.options = OptionFormSet(data, prefix="options", initial=initial)

    def is_valid(self) -> bool:
        """Whether every part has the right shape."""
        return all([super().is_valid(), self.options.is_valid()])

    def typed(self) -> FieldInput:
        """The field as the verbs take it."""
        rows = [form.cleaned_data for form in self.options.forms]
        options = [OptionInput("" if row.get("DELETE") else row.get("label", ""), row.get("id", "")) for row in rows]
        names = ("label", "kind", "help", "required")
        return FieldInput(**{name: self.cleaned_data[name] for name in names}, options=options)

    def refuse(self, refused: Invalid) -> None:
        """Show what a verb refused at its place."""
        rows = enumerate(self.options.forms)
        places: dict[str, tuple[forms.Form, str]] = {f"options.{number}": (form, "label") for number, form in rows}
        show_refusal(self, refused, places)
