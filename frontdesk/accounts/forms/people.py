"""Forms about other people."""

from django import forms

from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.ui.fields import Explained

from .. import checks
from ..actions.members import PersonInput
from ..models import Member, MemberStatus, Role
from .base import ActionForm, email_field, line, phone_field, username_field, with_empty

TEAM_ROLES = [
    (Role.ADMIN.value, Explained(Role.ADMIN.label, _lazy("Sees and does everything, settings included."))),
    (Role.STAFF.value, Explained(Role.STAFF.label, _lazy("Sees and edits all %(clients)s."))),
    (Role.COWORKER.value, Explained(Role.COWORKER.label, _lazy("Sees only the %(clients)s they serve."))),
]
METHODS = [
    ("mail", Explained(_lazy("Send an invitation"), _lazy("They choose their own password."))),
    ("welcome", Explained(_lazy("Send a welcome"), _lazy("It holds a temporary password; they can sign in at once."))),
    ("link", Explained(_lazy("Show a link"), _lazy("You hand it over yourself; it works once."))),
    ("password", Explained(_lazy("Show a temporary password"), _lazy("They change it when they first sign in."))),
]
STATUSES = with_empty(_lazy("Any status"), lambda: MemberStatus.choices)


class PersonForm(ActionForm):
    """A new colleague, and how they come to sign in."""

    name = line(_lazy("Name"), checks.LONGEST_NAME, autocomplete="off")
    email = email_field(_lazy("E-mail"), required=False, autocomplete="off")
    phone = phone_field(_lazy("Phone"))
    role = forms.ChoiceField(
        label=_lazy("Role"), choices=TEAM_ROLES, widget=forms.RadioSelect, initial=Role.COWORKER.value
    )
    method = forms.ChoiceField(
        label=_lazy("How they sign in"), choices=METHODS, widget=forms.RadioSelect, initial="mail"
    )
    username = username_field(required=False)

    def person(self, data: dict) -> PersonInput:
        """The values for the action."""
        return PersonInput(**{key: data[key] for key in ("name", "role", "email", "username", "phone")})


class MemberForm(ActionForm):
    """How the office sees a member; the address only until they have registered."""

    name = line(_lazy("Name"), checks.LONGEST_NAME)
    phone = phone_field(_lazy("Phone"))
    email = email_field(_lazy("E-mail"), required=False)

    def __init__(self, *args, member: Member, **kwargs):
        shown = {"name": member.name, "phone": member.phone, "email": member.email}
        super().__init__(*args, initial=shown, **kwargs)
        if member.user_id:
            del self.fields["email"]


class RoleForm(ActionForm):
    """Another role of the team."""

    role = forms.ChoiceField(label=_lazy("Role"), choices=TEAM_ROLES, widget=forms.RadioSelect)


class SignInDataForm(ActionForm):
    """A username for someone who does not sign in yet."""

    username = username_field()


class PeopleFilterForm(forms.Form):
    """Narrows the directory."""

    q = forms.CharField(required=False, max_length=100)
    status = forms.ChoiceField(required=False, choices=STATUSES)
    away = forms.ChoiceField(required=False, choices=[("", _lazy("Here or away")), ("now", _lazy("Away now"))])
    sort = forms.ChoiceField(required=False, choices=[("", _lazy("By name")), ("newest", _lazy("Newest first"))])
