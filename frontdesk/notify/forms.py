"""When one is told: the part of the preferences that is no box to tick."""

from datetime import time

from django import forms

from frontdesk.core.text import gettext as _
from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.ui.formats import weekday_name

from .models import Preference, Rhythm
from .timing import EVERY_DAY


def _clock(label, required: bool = False) -> forms.TimeField:
    widget = forms.TimeInput({"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, required=required, widget=widget)


def _time(minute: int) -> time:
    return time(minute // 60, minute % 60)


def _minute(value: time | None) -> int:
    return value.hour * 60 + value.minute if value else 0


class TimesForm(forms.Form):
    """The rhythm of e-mails, and quiet hours; without their times there are none."""

    rhythm = forms.ChoiceField(label=_lazy("E-mails leave"), choices=Rhythm.choices)
    digest_at = _clock(_lazy("Once a day at"), required=True)
    quiet_from = _clock(_lazy("Quiet from"))
    quiet_until = _clock(_lazy("Quiet until"))
    quiet_days = forms.TypedMultipleChoiceField(
        label=_lazy("Beginning on"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data=None, *, times: Preference):
        super().__init__(data, initial=_initial(times))
        self.fields["quiet_days"].choices = [(day, weekday_name(day)) for day in EVERY_DAY]

    def clean(self) -> dict:
        """Quiet hours have a beginning and an end, or neither."""
        data = super().clean() or {}
        if "quiet_from" in data and "quiet_until" in data:
            for name, other in (("quiet_from", "quiet_until"), ("quiet_until", "quiet_from")):
                if data[name] is None and data[other] is not None:
                    self.add_error(name, _("Give both times, or none."))
        return data

    def values(self) -> dict:
        """What the action takes, of a valid form."""
        data = self.cleaned_data
        whole = data["quiet_from"] is not None and data["quiet_until"] is not None
        return {
            "rhythm": data["rhythm"], "digest_at": _minute(data["digest_at"]),
            "quiet_from": _minute(data["quiet_from"]) if whole else 0,
            "quiet_until": _minute(data["quiet_until"]) if whole else 0,
            "quiet_days": data["quiet_days"],
        }  # fmt: skip


def _initial(times: Preference) -> dict:
    quiet = times.quiet_from != times.quiet_until
    return {
        "rhythm": times.rhythm, "digest_at": _time(times.digest_at),
        "quiet_from": _time(times.quiet_from) if quiet else None,
        "quiet_until": _time(times.quiet_until) if quiet else None,
        "quiet_days": times.quiet_days if quiet or times.quiet_days else EVERY_DAY,
    }  # fmt: skip
