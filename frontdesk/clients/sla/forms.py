"""HTML input of times: hours and minutes, as in 4:30."""

import re

from django import forms

from frontdesk.core.text import gettext as _

from .actions import KINDS
from .models import Priority


def written(minutes: int | None) -> str:
    """Minutes as hours and minutes: 270 is 4:30."""
    return "" if minutes is None else f"{minutes // 60}:{minutes % 60:02}"


def read(text: str) -> int:
    """`4:30`, `4h 30m`, `4` (hours) or `30m` in minutes; raises ValueError."""
    text = text.strip().lower()
    if re.fullmatch(r"\d{1,5}\s*m(in)?", text):
        return int(re.sub(r"\D", "", text))
    found = re.fullmatch(r"(\d{1,5})\s*(?:[h:]\s*(\d{1,2})?\s*m?)?", text)
    if not found or int(found[2] or 0) > 59:
        raise ValueError(text)
    return int(found[1]) * 60 + int(found[2] or 0)


class TimeField(forms.CharField):
    """Hours and minutes; the value is minutes, None when it was left empty."""

    def clean(self, value):
        """The minutes."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return read(text)
        except ValueError:
            raise forms.ValidationError(_("Write hours and minutes, as in 4:30.")) from None


class TimesForm(forms.Form):
    """A field for each priority and kind, with the account's times as hints where they are given."""

    def __init__(self, data=None, *, times: dict, default: dict | None = None):
        super().__init__(data)
        labels = {"response": _("Answer within"), "resolution": _("Solution within")}
        for priority, name in Priority.choices:
            for kind in KINDS:
                hint = written((default or {}).get(priority, {}).get(kind))
                attrs = {"placeholder": hint or "–", "inputmode": "text", "autocomplete": "off"}
                field = TimeField(
                    required=False, max_length=12, label=f"{name}: {labels[kind]}", widget=forms.TextInput(attrs=attrs)
                )
                self.fields[f"{priority}.{kind}"] = field
                self.initial[f"{priority}.{kind}"] = written(times.get(priority, {}).get(kind))

    @property
    def rows(self) -> list[tuple]:
        """(name of the priority, field of the answer, field of the solution)."""
        return [(name, self[f"{key}.response"], self[f"{key}.resolution"]) for key, name in Priority.choices]

    def typed(self) -> dict:
        """The times as the verb takes them."""
        return {key: {kind: self.cleaned_data[f"{key}.{kind}"] for kind in KINDS} for key in Priority.values}
