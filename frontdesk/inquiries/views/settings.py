"""The settings of forms."""

from uuid import UUID

from django import forms as fields
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from frontdesk.accounts.mails import absolute, speaking
from frontdesk.activity.settings_layout import pages_of
from frontdesk.core.errors import Invalid
from frontdesk.core.forms import show_refusal
from frontdesk.core.http import page
from frontdesk.core.text import gettext as _
from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.teams.models import Team
from frontdesk.ui.flash import flash
from frontdesk.ui.hues import HUES

from .. import access, actions, permissions, queries, wording
from ..models import Ask, InquiryForm

LINES = fields.Textarea(attrs={"rows": 4})


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class SettingsForm(fields.Form):
    """A form as an admin sets it up; its texts are fields of their own for each language."""

    name = fields.CharField(
        label=_lazy("Name"), max_length=80, help_text=_lazy("For your team; visitors read the title.")
    )
    email = fields.ChoiceField(label=_lazy("E-mail"), choices=Ask.choices, initial=Ask.OPTIONAL)
    phone = fields.ChoiceField(label=_lazy("Phone"), choices=Ask.choices, initial=Ask.OPTIONAL)
    photos = fields.BooleanField(label=_lazy("Visitors may add up to three photos"), required=False)
    topics = fields.CharField(
        label=_lazy("Topics"), required=False, widget=LINES,
        help_text=_lazy("One a line; visitors choose one. Empty: they are not asked."),
    )  # fmt: skip
    team = fields.TypedChoiceField(label=_lazy("Team"), required=False, coerce=UUID, empty_value=None)
    sites = fields.CharField(
        label=_lazy("Sites that may show the form"), required=False, widget=LINES,
        help_text=_lazy("One a line, such as https://www.example.com. Empty: any site may."),
    )  # fmt: skip
    listed = fields.BooleanField(label=_lazy("Search engines may show the page"), required=False)
    hue = fields.TypedChoiceField(label=_lazy("Colour"), coerce=int, widget=fields.RadioSelect, initial=0)

    def __init__(self, *args, account, form: InquiryForm | None, **kwargs):
        super().__init__(*args, initial=_initial(form) if form else None, **kwargs)
        self.fields["hue"].choices = [(0, _("As usual")), *HUES]
        teams = Team.objects.order_by("key").values_list("pk", "name")
        self.fields["team"].choices = [("", _("By the rule of the inbox")), *((str(pk), name) for pk, name in teams)]
        for code, _name in settings.LANGUAGES:
            _add_texts(self, account, code)

    def texts(self) -> list[tuple[str, str, list]]:
        """Code and name of each language, and its fields."""
        return [(code, name, [self[f"{part}_{code}"] for part in wording.PARTS]) for code, name in settings.LANGUAGES]

    def typed(self) -> actions.FormInput:
        """What was typed, once it is valid."""
        found = dict(self.cleaned_data)
        codes = [code for code, _name in settings.LANGUAGES]
        texts = {code: {part: found.pop(f"{part}_{code}") for part in wording.PARTS} for code in codes}
        lists = {name: _lines(found[name]) for name in ("topics", "sites")}
        return actions.FormInput(**{**found, **lists, "texts": texts})


def _add_texts(form: SettingsForm, account, code: str) -> None:
    with speaking(account, code):
        usual = wording.default(account.name)
    for part, most in wording.PARTS.items():
        attrs = {"placeholder": getattr(usual, part), "lang": code, "dir": "auto"}
        widget = fields.TextInput(attrs) if part == "title" else fields.Textarea({**attrs, "rows": 3})
        form.fields[f"{part}_{code}"] = fields.CharField(
            label=wording.LABELS[part], required=False, max_length=most, widget=widget
        )


def _initial(form: InquiryForm) -> dict:
    plain = {name: getattr(form, name) for name in ("name", "email", "phone", "photos", "listed", "hue")}
    texts = {
        f"{part}_{code}": form.texts.get(code, {}).get(part, "")
        for code, _name in settings.LANGUAGES for part in wording.PARTS
    }  # fmt: skip
    lists = {name: "\n".join(getattr(form, name)) for name in ("topics", "sites")}
    return {**plain, **texts, **lists, "team": form.team_id or ""}


def _render(request, template: str, context: dict, status: int = 200) -> HttpResponse:
    frame = {"here": "settings", "section": "inquiries", "settings_pages": pages_of(request.actor)}
    return render(request, f"inquiries/{template}", {**frame, **context}, status=status)


@page(permissions.VIEW)
def forms(request) -> HttpResponse:
    """All forms."""
    return _render(request, "forms.html", {"rows": queries.forms(request.actor)})


@page(permissions.VIEW, obj="inquiry_form")
def form(request, form_id: UUID) -> HttpResponse:
    """A form: where it is, how it is embedded, how it looks, what came by it."""
    found = access.get_form(request.actor, form_id)
    path = reverse("inquiries:ask", args=[access.address_of(found)])
    script = absolute(reverse("inquiries:embed", args=[access.address_of(found)]))
    context = {
        "form": found, "address": absolute(path), "path": path, "snippet": f'<script src="{script}" async></script>',
        "found": queries.inquiries(request.actor, found.pk, after=request.GET.get("after", "")),
    }  # fmt: skip
    return _render(request, "form.html", context)


def _edit_page(request, found: InquiryForm | None, verb) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    typed = SettingsForm(data, account=request.actor.account, form=found)
    if typed.is_bound and typed.is_valid():
        try:
            saved = verb(typed.typed())
            flash(request, _("Saved."))
            return redirect("inquiries:form", saved.pk)
        except Invalid as refused:
            show_refusal(typed, refused)
    return _render(request, "edit.html", {"typed": typed, "form": found}, 422 if typed.is_bound else 200)


@page(permissions.MANAGE, methods=("GET", "POST"))
def new(request) -> HttpResponse:
    """Add a form."""
    return _edit_page(request, None, lambda typed: actions.add_form(request.actor, typed))


@page(permissions.MANAGE, obj="inquiry_form", methods=("GET", "POST"))
def edit(request, form_id: UUID) -> HttpResponse:
    """What a form asks and says, and who gets what comes by it."""
    found = access.get_form(request.actor, form_id)
    return _edit_page(request, found, lambda typed: actions.change_form(request.actor, found, typed))


@page(permissions.MANAGE, obj="inquiry_form", methods=("POST",))
def switch(request, form_id: UUID) -> HttpResponse:
    """Take inquiries by a form, or no more."""
    found = access.get_form(request.actor, form_id)
    actions.switch(request.actor, found, request.POST.get("on") == "yes")
    flash(request, _("The form is open.") if found.enabled else _("The form takes nothing any more."))
    return redirect("inquiries:form", found.pk)


@page(permissions.MANAGE, obj="inquiry_form", methods=("POST",))
def delete(request, form_id: UUID) -> HttpResponse:
    """Delete a form, with a way back."""
    found = access.get_form(request.actor, form_id)
    change = actions.delete_form(request.actor, found)
    flash(request, _("%(name)s was deleted.", name=found.name), undo=reverse("undo:undo", args=[change.pk]))
    return redirect("inquiries:forms")
