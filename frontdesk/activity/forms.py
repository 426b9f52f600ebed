"""Filters of the log as people give them."""

from uuid import UUID

from django import forms

from frontdesk.core.tenancy.context import current_account_id
from frontdesk.core.text import gettext as _
from frontdesk.core.text import gettext_lazy as _lazy

from .models import Activity
from .queries import LogFilters
from .sentences import verb_groups


def member_choices() -> list[tuple[str, str]]:
    """(id, name) of everyone who is a member of the team, by name."""
    members = Activity._meta.get_field("actor").related_model.objects
    team = members.filter(account_id=current_account_id(), role__in=("admin", "staff", "coworker"))
    return [(str(pk), name) for pk, name in team.order_by("sort_name", "id").values_list("pk", "name")]


class LogFilterForm(forms.Form):
    """Member, part of the product, one client, and a range of days."""

    member = forms.TypedChoiceField(label=_lazy("Member"), required=False, coerce=UUID, empty_value=None)
    group = forms.ChoiceField(label=_lazy("About"), required=False)
    client = forms.UUIDField(required=False, widget=forms.HiddenInput)
    since = forms.DateField(label=_lazy("From"), required=False)
    until = forms.DateField(label=_lazy("Until"), required=False)

    def __init__(self, data):
        super().__init__(data)
        self.fields["member"].choices = [("", _("Everyone")), *member_choices()]
        self.fields["group"].choices = [("", _("Everything")), *verb_groups()]
        for name in ("since", "until"):
            self.fields[name].widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")

    def filters(self) -> LogFilters:
        """The typed filters of a valid form."""
        return LogFilters(**self.cleaned_data)
