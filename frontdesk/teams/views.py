"""The pages of teams, and the section on a person's page."""

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from frontdesk.accounts import queries as people
from frontdesk.accounts.access import get_member
from frontdesk.accounts.permissions import VIEW as PEOPLE
from frontdesk.activity.settings_layout import pages_of
from frontdesk.core.errors import Invalid
from frontdesk.core.forms import show_refusal
from frontdesk.core.http import page
from frontdesk.core.text import gettext as _
from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.ui.flash import flash, flash_refusal
from frontdesk.ui.hues import HUES

from . import access, actions, permissions, queries
from .models import Team


class TeamForm(forms.Form):
    """A team with its people."""

    name = forms.CharField(label=_lazy("Name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    hue = forms.TypedChoiceField(label=_lazy("Colour"), choices=HUES, coerce=int, widget=forms.RadioSelect, initial=6)
    lead = forms.TypedChoiceField(label=_lazy("Lead"), required=False, coerce=UUID, empty_value=None)
    members = forms.TypedMultipleChoiceField(
        label=_lazy("Members"), required=False, coerce=UUID, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, row: queries.TeamRow | None, account, **kwargs):
        super().__init__(*args, initial=_initial(row) if row else None, **kwargs)
        offered = {one.pk: one.name for one in people.team(account)}
        offered |= {one.pk: one.name for one in row.members} if row else {}
        choices = [(str(key), name) for key, name in offered.items()]
        self.fields["lead"].choices = [("", _lazy("Nobody")), *choices]
        self.fields["members"].choices = choices


def _initial(row: queries.TeamRow) -> dict:
    return {
        "name": row.team.name, "hue": row.team.hue, "lead": row.team.lead_id or "",
        "members": [str(one.pk) for one in row.members],
    }  # fmt: skip


def _render(request, template: str, context: dict, status: int = 200) -> HttpResponse:
    frame = {"here": "settings", "section": "teams", "settings_pages": pages_of(request.actor)}
    return render(request, f"teams/{template}", {**frame, **context}, status=status)


@page(permissions.VIEW)
def teams(request) -> HttpResponse:
    """All teams."""
    return _render(request, "teams.html", {"rows": queries.teams(request.actor)})


@page(permissions.VIEW, obj="team")
def team(request, team_id: UUID) -> HttpResponse:
    """A team and who belongs to it."""
    found = access.get_team(request.actor, team_id)
    return _render(request, "team.html", {"row": queries.team_row(found)})


def _form_page(request, found: Team | None, verb) -> HttpResponse:
    row = queries.team_row(found) if found else None
    form = TeamForm(request.POST if request.method == "POST" else None, row=row, account=request.actor.account)
    if form.is_bound and form.is_valid():
        try:
            saved = verb(actions.TeamInput(**form.cleaned_data))
            flash(request, _("Saved."))
            return redirect("teams:team", saved.pk)
        except Invalid as refused:
            show_refusal(form, refused)
    return _render(request, "edit.html", {"form": form, "team": found}, 422 if form.is_bound else 200)


@page(permissions.EDIT, methods=("GET", "POST"))
def new(request) -> HttpResponse:
    """Add a team."""
    return _form_page(request, None, lambda typed: actions.add_team(request.actor, typed))


@page(permissions.EDIT, obj="team", methods=("GET", "POST"))
def edit(request, team_id: UUID) -> HttpResponse:
    """Name, colour, lead and members."""
    found = access.get_team(request.actor, team_id)
    return _form_page(request, found, lambda typed: actions.change_team(request.actor, found, typed))


@page(permissions.EDIT, obj="team", methods=("POST",))
def delete(request, team_id: UUID) -> HttpResponse:
    """Delete a team, with a way back."""
    found = access.get_team(request.actor, team_id)
    change = actions.delete_team(request.actor, found)
    flash(request, _("%(name)s was deleted.", name=found.name), undo=reverse("undo:undo", args=[change.pk]))
    return redirect("teams:teams")


@page(PEOPLE, obj="member")
def panel(request, member_id: UUID) -> HttpResponse:
    """The teams of a person, on their page."""
    member = get_member(request.actor, member_id)
    own = queries.teams_of([member.pk]).get(member.pk, [])
    offered = access.teams_for(request.actor).order_by("key")
    context = {"member": member, "own": own, "own_ids": {one.pk for one in own}, "offered": offered}
    return render(request, "teams/panel.html", context)


def _ids(posted: list[str]) -> list[UUID]:
    try:
        return [UUID(value) for value in posted]
    except ValueError:
        raise Invalid({"teams": [_("Choose from the list.")]}) from None


@page(permissions.EDIT, obj="member", methods=("POST",))
def choose(request, member_id: UUID) -> HttpResponse:
    """Put a person into teams, and take them out of others."""
    member = get_member(request.actor, member_id)
    try:
        actions.set_teams_of(request.actor, member, _ids(request.POST.getlist("teams")))
        flash(request, _("Saved."))
    except Invalid as refused:
        flash_refusal(request, refused)
    return redirect("accounts:member", member.pk)
