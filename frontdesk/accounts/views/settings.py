"""Settings of the account: where they are found, and the general ones."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from frontdesk.activity.settings_layout import groups_of, pages_of
from frontdesk.core.http import page
from frontdesk.core.text import gettext as _
from frontdesk.ui.flash import flash

from .. import actions, permissions, queries
from ..forms.account import AccountForm
from ..forms.security import FactorPolicyForm

FIELDS = ("name", "language", "time_zone", "country", "currency", "contact_email", "contact_phone")
LONGEST_QUERY = 100


@page(permissions.ACCOUNT_EDIT)
def index(request) -> HttpResponse:
    """Every page of the settings by group; `q` narrows them."""
    query = request.GET.get("q", "")[:LONGEST_QUERY]
    context = {"here": "settings", "groups": groups_of(request.actor, query), "query": query}
    return render(request, "accounts/settings.html", context)


@page(permissions.ACCOUNT_EDIT, methods=("GET", "POST"))
def general(request) -> HttpResponse:
    """Name, language, time zone, country and currency."""
    account = request.actor.account
    form = AccountForm(request.POST or None, initial={name: getattr(account, name) for name in FIELDS})
    if request.method == "POST" and form.run(
        lambda data: actions.change_account(request.actor, form.account_input(data, data["name"]))
    ):
        flash(request, _("Saved."))
        return redirect("accounts:general")
    context = {"here": "settings", "section": "general", "form": form, "settings_pages": pages_of(request.actor)}
    return render(request, "accounts/general.html", context, status=422 if form.is_bound else 200)


@page(permissions.ACCOUNT_EDIT, methods=("GET", "POST"))
def sign_in(request) -> HttpResponse:
    """What the account asks of those who sign in."""
    required = request.actor.account.require_second_factor
    typed = request.POST if request.method == "POST" else None
    form = FactorPolicyForm(typed, initial={"require_second_factor": required})
    if form.is_bound and form.run(
        lambda data: actions.require_second_factor(request.actor, data["require_second_factor"])
    ):
        flash(request, _("Saved."))
        return redirect("accounts:sign_in_settings")
    context = {
        "here": "settings", "section": "sign-in", "form": form, "settings_pages": pages_of(request.actor),
        "without": queries.office_without_factor(request.actor),
    }  # fmt: skip
    return render(request, "accounts/settings_sign_in.html", context, status=422 if form.is_bound else 200)
