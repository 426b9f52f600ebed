"""The form of an absence: days and, where wanted, times, in the time zone of whoever is away."""

from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms

from frontdesk.core.text import gettext_lazy as _lazy

from .. import queries
from ..actions.away import LONGEST_MESSAGE, AwayInput
from ..middleware import zone_of
from ..models import Member
from .base import ActionForm

LAST_MINUTE = time(23, 59)


def _day_field(label) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))


def _time_field() -> forms.TimeField:
    widget = forms.TimeInput({"type": "time"}, format="%H:%M")
    return forms.TimeField(label=_lazy("Time of day"), required=False, widget=widget)


class AwayForm(ActionForm):
    """Without a first day it begins at once, without a last one it has no end; days without times are whole days."""

    starts_at = _day_field(_lazy("First day"))
    starts_time = _time_field()
    ends_at = _day_field(_lazy("Last day"))
    ends_time = _time_field()
    message = forms.CharField(
        label=_lazy("Message"), required=False, max_length=LONGEST_MESSAGE, widget=forms.Textarea({"rows": 3})
    )
    shown = forms.BooleanField(label=_lazy("Show this to %(clients)s"), required=False)
    deputy = forms.ChoiceField(label=_lazy("Who stands in"), required=False)

    def __init__(self, *args, member: Member, **kwargs):
        self.zone = zone_of(member)
        super().__init__(*args, initial=_initial(member, self.zone), **kwargs)
        colleagues = [(str(one.pk), one.name) for one in queries.deputies(member)]
        self.fields["deputy"].choices = [("", _lazy("Nobody")), *colleagues]

    def typed(self, data: dict) -> AwayInput:
        """The values for the action."""
        return AwayInput(
            starts_at=_moment(data["starts_at"], data["starts_time"] or time.min, self.zone),
            ends_at=_moment(data["ends_at"], data["ends_time"] or time.max, self.zone),
            message=data["message"], shown=data["shown"], deputy=UUID(data["deputy"]) if data["deputy"] else None,
        )  # fmt: skip


def _moment(day: date | None, clock: time, zone: ZoneInfo) -> datetime | None:
    return datetime.combine(day, clock, tzinfo=zone) if day else None


def _initial(member: Member, zone: ZoneInfo) -> dict:
    """What is set now or ahead; of one that is over only the text."""
    shown: dict = {"message": member.away_message, "shown": member.away_shown, "deputy": member.deputy_id or ""}
    if not (member.is_away() or member.will_be_away()):
        return shown
    start, end = member.away_from.astimezone(zone), member.away_until
    shown |= {"starts_at": start.date(), "starts_time": start.time() if start.time() != time.min else None}
    if end is not None:
        end = end.astimezone(zone)
        shown |= {"ends_at": end.date(), "ends_time": end.time() if end.time() < LAST_MINUTE else None}
    return shown
