"""The form of a saved reply."""

from uuid import UUID

from django import forms
from django.conf import settings

from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.teams.access import teams_for

from .. import permissions
from .models import LONGEST_NAME, LONGEST_SHORTCUT, LONGEST_TEXT, SavedReply

MINE, EVERYBODY = "mine", "everybody"
WHO = [(MINE, _lazy("Only me")), (EVERYBODY, _lazy("Everybody in the team"))]


class SavedForm(forms.Form):
    """Name, shortcut, text, language; who writes shared ones also chooses for whom it is."""

    name = forms.CharField(
        label=_lazy("Name"), max_length=LONGEST_NAME, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    shortcut = forms.CharField(
        label=_lazy("Shortcut"), max_length=LONGEST_SHORTCUT + 1, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        help_text=_lazy("One word. Write / and this word to find it."),
    )  # fmt: skip
    text = forms.CharField(label=_lazy("Text"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 8}))
    language = forms.ChoiceField(label=_lazy("Language"), required=False)
    who = forms.ChoiceField(label=_lazy("For whom"), required=False, choices=WHO, widget=forms.RadioSelect)
    team = forms.TypedChoiceField(
        label=_lazy("Only for the team"), required=False, coerce=UUID, empty_value=None,
        help_text=_lazy("If it is for everybody."),
    )  # fmt: skip

    def __init__(self, *args, actor, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [("", _lazy("Any language")), *settings.LANGUAGES]
        teams = [(str(team.pk), team.name) for team in teams_for(actor).order_by("key")]
        self.fields["team"].choices = [("", _lazy("No team")), *teams]
        if not actor.may(permissions.SAVED_SHARED):
            del self.fields["who"]
        if "who" not in self.fields or not teams:
            del self.fields["team"]

    def values(self) -> dict:
        """What was typed, as `actions.SavedInput` takes it."""
        found = dict(self.cleaned_data)
        shared = found.pop("who", MINE) == EVERYBODY
        return {**found, "shared": shared}


def initial_of(reply: SavedReply) -> dict:
    """A reply as the form shows it."""
    return {
        "name": reply.name, "shortcut": reply.shortcut, "text": reply.text, "language": reply.language,
        "who": MINE if reply.owner_id else EVERYBODY, "team": str(reply.team_id or ""),
    }  # fmt: skip
