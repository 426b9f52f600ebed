"""Forms about oneself."""

from datetime import timedelta

from django import forms
from django.utils import timezone

from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.ui.fields import Explained

from .. import checks, choices, queries
from ..actions.profile import ProfileInput
from ..models import Theme
from ..signin.forms import current_password_field, new_password_field
from .base import ActionForm, email_field, line, phone_field, username_field, with_empty

LIFETIMES = [("30", _lazy("30 days")), ("90", _lazy("90 days")), ("365", _lazy("One year")), ("", _lazy("No end"))]
FOLLOW = _lazy("As the account")
LANGUAGES, TIME_ZONES = with_empty(FOLLOW, choices.languages), with_empty(FOLLOW, choices.time_zones)


class ProfileForm(ActionForm):
    """Name, how one signs in, and how pages look and speak."""

    name = line(_lazy("Name"), checks.LONGEST_NAME, autocomplete="name")
    username = username_field(required=False, autocomplete="username")
    phone = phone_field(_lazy("Phone"))
    language = forms.ChoiceField(label=_lazy("Language"), required=False, choices=LANGUAGES)
    time_zone = forms.ChoiceField(label=_lazy("Time zone"), required=False, choices=TIME_ZONES)
    theme = forms.ChoiceField(label=_lazy("Theme"), choices=Theme.choices)

    def profile(self, data: dict) -> ProfileInput:
        """The values for the action."""
        return ProfileInput(**data)

    @staticmethod
    def of(actor) -> dict:
        """What the form shows at first."""
        user = actor.user
        return {
            "name": actor.name, "username": user.username or "", "phone": actor.phone,
            "language": user.language, "time_zone": user.time_zone, "theme": user.theme,
        }  # fmt: skip


class EmailForm(ActionForm):
    """Another address to sign in with."""

    email = email_field(_lazy("E-mail"), required=False, autocomplete="email")
    current_password = current_password_field(_lazy("Your password"))


class TokenForm(ActionForm):
    """A new API token."""

    name = line(_lazy("Name"), 80, autocomplete="off")
    scopes = forms.MultipleChoiceField(label=_lazy("What it may do"), widget=forms.CheckboxSelectMultiple)
    days = forms.ChoiceField(label=_lazy("Valid for"), required=False, choices=LIFETIMES, initial="90")

    def __init__(self, *args, actor, **kwargs):
        super().__init__(*args, **kwargs)
        labels = queries.scope_labels(actor)
        self.fields["scopes"].choices = [(scope, Explained(scope, label)) for scope, label in labels]

    def token(self, data: dict) -> dict:
        """The values for the action."""
        days = data["days"]
        expires_at = timezone.now() + timedelta(days=int(days)) if days else None
        return {"name": data["name"], "scopes": data["scopes"], "expires_at": expires_at}


class RegisterForm(ActionForm):
    """What a new user gives when accepting an invitation."""

    name = line(_lazy("Your name"), checks.LONGEST_NAME, autocomplete="name")
    password = new_password_field(_lazy("Choose a password"))
    language = forms.ChoiceField(label=_lazy("Language"), choices=choices.languages)


class JoinForm(ActionForm):
    """The password of a user who signs in elsewhere already."""

    password = current_password_field(_lazy("Your password"))
