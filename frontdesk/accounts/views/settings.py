"""Settings of the account."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from frontdesk.activity.settings_layout import pages_of
from frontdesk.core.http import page
from frontdesk.core.text import gettext as _
from frontdesk.ui.flash import flash

from .. import actions, permissions
from ..forms.account import AccountForm

FIELDS = ("name", "language", "time_zone", "country", "currency")


@page(permissions.ACCOUNT_EDIT, methods=("GET", "POST"))
def settings(request) -> HttpResponse:
    """Name, language, time zone, country and currency."""
    account = request.actor.account
    form = AccountForm(request.POST or None, initial={name: getattr(account, name) for name in FIELDS})
    if request.method == "POST" and form.run(
        lambda data: actions.change_account(request.actor, form.account_input(data, data["name"]))
    ):
        flash(request, _("Saved."))
        return redirect("accounts:settings")
    context = {"here": "settings", "section": "general", "form": form, "settings_pages": pages_of(request.actor)}
    return render(request, "accounts/settings.html", context, status=422 if form.is_bound else 200)
