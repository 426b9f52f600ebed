"""The settings of the inbox."""

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render

from frontdesk.activity.settings_layout import pages_of
from frontdesk.core.errors import Invalid
from frontdesk.core.forms import show_refusal
from frontdesk.core.http import page
from frontdesk.core.text import gettext as _
from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.teams.access import teams_for
from frontdesk.ui.fields import Explained
from frontdesk.ui.flash import flash

from .. import actions, permissions
from ..actions import RuleInput
from ..models import InboxRule
from ..routing import rule_of

Rule = InboxRule.Rule
CHOICES = [
    (Rule.SERVING.value, Explained(Rule.SERVING.label, _lazy("The one of them with the fewest open conversations"))),
    (Rule.TEAM.value, Explained(Rule.TEAM.label, _lazy("Of %(coworkers)s only those who serve %(the_client)s"))),
    (Rule.NOBODY.value, Explained(Rule.NOBODY.label, _lazy("They stay unassigned until somebody answers"))),
]  # fmt: skip
AwayReply = InboxRule.AwayReply
REPLIES = [
    (AwayReply.NEVER.value, AwayReply.NEVER.label),
    (AwayReply.UNCOVERED.value, Explained(AwayReply.UNCOVERED.label, _lazy("Not when a colleague answers instead"))),
    (AwayReply.ALWAYS.value, Explained(AwayReply.ALWAYS.label, _lazy("Also when a colleague answers instead"))),
]  # fmt: skip


class RuleForm(forms.Form):
    """To whom new work goes, and when clients hear that somebody is away."""

    rule = forms.ChoiceField(label=_lazy("New work goes to"), choices=CHOICES, widget=forms.RadioSelect)
    team = forms.TypedChoiceField(label=_lazy("Team"), required=False, coerce=UUID, empty_value=None)
    away_reply = forms.ChoiceField(label=_lazy("Automatic reply"), choices=REPLIES, widget=forms.RadioSelect)

    def __init__(self, *args, actor, **kwargs):
        kept = rule_of()
        shown = {"rule": kept.rule, "team": str(kept.team_id or ""), "away_reply": kept.away_reply}
        super().__init__(*args, initial=shown, **kwargs)
        self.fields["team"].choices = [("", _lazy("Choose")), *((str(one.pk), one.name) for one in teams_for(actor))]


@page(permissions.CONFIGURE, methods=("GET", "POST"))
def rule(request) -> HttpResponse:
    """To whom new work goes."""
    form = RuleForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_rule(request.actor, RuleInput(**form.cleaned_data))
        except Invalid as refused:
            show_refusal(form, refused)
        else:
            flash(request, _("Saved."))
            return redirect("conversations:rule")
    context = {
        "here": "settings", "section": "inbox", "settings_pages": pages_of(request.actor), "form": form,
    }  # fmt: skip
    return render(request, "conversations/rule.html", context, status=422 if request.method == "POST" else 200)
