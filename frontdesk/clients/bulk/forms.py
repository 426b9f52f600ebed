"""What a person chooses for many clients at once, as fields of a form."""

from django import forms
from django.conf import settings
from django.http import QueryDict

from frontdesk.accounts import queries as people
from frontdesk.core.errors import Invalid
from frontdesk.core.text import gettext as _
from frontdesk.core.text import gettext_lazy as _lazy

from .. import queries
from ..following.models import What
from ..forms import parse_identifiers
from ..models import Status
from ..subscriptions.models import Channel, Purpose
from .selection import Selection


def read_selection(posted: QueryDict) -> Selection:
    """The chosen clients of a posted form; `query` is the query of the list they were chosen on."""
    asked = QueryDict(posted.get("query", "")[:2000])
    filters = queries.Filters(**{name: asked.get(name, "")[:200] for name in vars(queries.Filters())})
    return Selection(parse_identifiers(posted.getlist("ids"), "clients"), bool(posted.get("all")), filters)


def _team(actor) -> list[tuple[str, str]]:
    return [(str(member.pk), member.name) for member in people.team(actor.account)]


class BulkForm(forms.Form):
    """The values of one verb; each verb has its own fields."""

    def __init__(self, actor, verb: str, data=None):
        super().__init__(data)
        for name, field in FIELDS[verb](actor).items():
            self.fields[name] = field

    def values(self) -> dict:
        """What the verb takes; raises Invalid for an id that is none."""
        given = dict(self.cleaned_data)
        for name in ("members", "member", "to"):
            if name in given:
                single = isinstance(given[name], str)
                ids = parse_identifiers([given[name]] if single else given[name], name)
                given[name] = next(iter(ids), None) if single else ids
        return given

    def refuse(self, refused: Invalid) -> None:
        """Show reasons at their fields."""
        for name, reasons in refused.errors.items():
            for reason in reasons:
                self.add_error(name if name in self.fields else None, str(reason))


def _status(actor) -> dict[str, forms.Field]:
    return {
        "status": forms.ChoiceField(
            label=_("Status"), choices=Status.choices, initial="active", widget=forms.RadioSelect
        )
    }


def _language(actor) -> dict[str, forms.Field]:
    choices = [("", _("As the account")), *settings.LANGUAGES]
    return {"language": forms.ChoiceField(label=_("Language"), choices=choices, required=False)}


def _new_tag(actor) -> dict[str, forms.Field]:
    return {"tag": forms.CharField(label=_("Tag"), max_length=40, widget=forms.TextInput(attrs={"list": "tags"}))}


def _known_tag(actor) -> dict[str, forms.Field]:
    return {"tag": forms.ChoiceField(label=_("Tag"), choices=[(tag.name, tag.name) for tag in queries.all_tags()])}


def _members(actor) -> dict[str, forms.Field]:
    return {
        "members": forms.MultipleChoiceField(
            label=_("People of the team"), choices=_team(actor), widget=forms.CheckboxSelectMultiple
        )
    }


def _handover(actor) -> dict[str, forms.Field]:
    team = _team(actor)
    return {
        "member": forms.ChoiceField(label=_("Who serves them now"), choices=team),
        "to": forms.ChoiceField(label=_("Who serves them from now on"), choices=team),
    }


def _messages(actor) -> dict[str, forms.Field]:
    channels, purposes = [("", _("E-mail and SMS")), *Channel.choices], [("", _("All messages")), *Purpose.choices]
    return {
        "purpose": forms.ChoiceField(label=_("Messages"), choices=purposes, required=False),
        "channel": forms.ChoiceField(label=_("By"), choices=channels, required=False),
    }


def _follow(actor) -> dict[str, forms.Field]:
    return {
        "follow": forms.MultipleChoiceField(
            label=_("You are told of"), choices=What.choices, initial=What.values, widget=forms.CheckboxSelectMultiple
        )
    }


FIELDS = {
    "status": _status,
    "language": _language,
    "tag": _new_tag,
    "untag": _known_tag,
    "assign": _members,
    "unassign": _members,
    "reassign": _handover,
    "unsubscribe": _messages,
    "resubscribe": _messages,
    "follow": _follow,
    "delete": lambda actor: {},
}
TITLES = {
    "status": _lazy("Change the status"),
    "language": _lazy("Change the language"),
    "tag": _lazy("Add a tag"),
    "untag": _lazy("Remove a tag"),
    "assign": _lazy("Assign people of the team"),
    "unassign": _lazy("End assignments"),
    "reassign": _lazy("Hand over to a colleague"),
    "unsubscribe": _lazy("Unsubscribe from messages"),
    "resubscribe": _lazy("Subscribe to messages again"),
    "follow": _lazy("Follow"),
    "delete": _lazy("Delete"),
}
