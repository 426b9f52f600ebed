"""How one signs in: second factors, recovery codes and open sessions."""

from uuid import UUID

from django.contrib.auth import logout as forget
from django.http import HttpResponse
from django.shortcuts import redirect, render

from frontdesk.core.errors import Conflict, Missing
from frontdesk.core.http import page
from frontdesk.core.text import gettext as _
from frontdesk.ui.flash import flash

from .. import access, actions, permissions, queries
from ..forms.security import AppForm, NewPasskeyForm
from ..signin import factors
from ..signin.confirming import confirmed, note_password, to_confirm
from ..signin.forms import ConfirmForm
from ..signin.limits import password_tries_left
from .going import back

BOTH = ("GET", "POST")


@page(permissions.PROFILE_EDIT)
def security(request) -> HttpResponse:
    """One's own second factors and open sessions."""
    actor = request.actor
    context = {
        "here": "profile", "section": "security", "factors": queries.factors(actor),
        "sessions": queries.sessions(actor, request.session.session_key),
        "required": actions.needs_factor(actor),
    }  # fmt: skip
    return render(request, "accounts/security.html", context)


@page(permissions.PROFILE_EDIT, methods=BOTH)
def confirm(request) -> HttpResponse:
    """The password once more, before how one signs in is changed."""
    form = ConfirmForm(request.POST or None)
    if form.is_bound and not password_tries_left(request):
        form.add_error("password", _("Too many tries. Please wait a few minutes, then try once more."))
    elif form.is_valid() and not request.actor.user.check_password(form.cleaned_data["password"]):
        form.add_error("password", _("The current password is not right."))
    elif form.is_valid():
        note_password(request)
        return back(request, "/me/security/")
    wanted = request.POST.get("next", "") or request.GET.get("next", "")
    return render(request, "accounts/confirm.html", {"form": form, "next": wanted}, status=422 if form.errors else 200)


def _show_codes(request, codes: list[str]) -> HttpResponse:
    """Recovery codes on a page that nothing keeps; without new ones, back to the others."""
    if not codes:
        flash(request, _("Saved."))
        return redirect("accounts:security")
    spaced = [f"{code[:4]} {code[4:]}" for code in codes]
    response = render(request, "accounts/codes.html", {"here": "profile", "codes": spaced})
    response.headers["Cache-Control"] = "no-store"
    return response


@page(permissions.PROFILE_EDIT, methods=BOTH)
def app(request) -> HttpResponse:
    """An app that makes codes: read the picture, type a code."""
    if not confirmed(request):
        return to_confirm(request)
    secret = request.session.setdefault(factors.IN_SESSION, factors.new_secret())
    form = AppForm(request.POST or None)
    if form.is_bound and form.run(lambda data: actions.add_app(request.actor, secret=secret, code=data["code"])):
        del request.session[factors.IN_SESSION]
        return _show_codes(request, form.result)
    picture = factors.picture(factors.app_address(request.actor.user, secret))
    spaced = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    context = {"here": "profile", "form": form, "picture": picture, "secret": spaced}
    return render(request, "accounts/factor_app.html", context, status=422 if form.is_bound else 200)


def _add_passkey(actor, data: dict) -> list[str]:
    return actions.add_passkey(actor, name=data["name"], credential=factors.read_new(data["credential"]))


@page(permissions.PROFILE_EDIT, methods=BOTH)
def passkey(request) -> HttpResponse:
    """A passkey: the browser makes it once its owner agrees."""
    if not confirmed(request):
        return to_confirm(request)
    form = NewPasskeyForm(request.POST or None)
    if form.is_bound and form.run(lambda data: _add_passkey(request.actor, data)):
        return _show_codes(request, form.result)
    context = {"here": "profile", "form": form, "options": factors.begin_passkey(request.actor.user)}
    return render(request, "accounts/factor_passkey.html", context, status=422 if form.is_bound else 200)


@page(permissions.PROFILE_EDIT, methods=("POST",))
def codes(request) -> HttpResponse:
    """Other recovery codes."""
    if not confirmed(request):
        return to_confirm(request)
    try:
        return _show_codes(request, actions.new_codes(request.actor))
    except Conflict as conflict:
        return _refuse(request, conflict)


@page(permissions.PROFILE_EDIT, obj="factor", methods=("POST",))
def factor_remove(request, factor_id: UUID) -> HttpResponse:
    """Remove an app or a passkey."""
    found = access.get_factor(request.actor, factor_id)
    if not confirmed(request):
        return to_confirm(request)
    try:
        actions.remove_factor(request.actor, found)
    except Conflict as conflict:
        return _refuse(request, conflict)
    flash(request, _("The second factor is removed."))
    return redirect("accounts:security")


def _refuse(request, conflict: Conflict) -> HttpResponse:
    flash(request, " ".join(conflict.errors[""]), level="error")
    return redirect("accounts:security")


@page(permissions.PROFILE_EDIT, obj="session", methods=("POST",))
def session_end(request, session_id: UUID) -> HttpResponse:
    """Sign one browser out; one's own leads to the sign-in page."""
    own = queries.sessions(request.actor, request.session.session_key)
    chosen = next((one for one in own if one.id == session_id), None)
    if chosen is None:
        raise Missing("session")
    actions.end_session(request.actor, session_id)
    if chosen.here:
        forget(request)
        return redirect("account_login")
    flash(request, _("That device is signed out."))
    return redirect("accounts:security")


@page(permissions.PROFILE_EDIT, methods=("POST",))
def sessions_end(request) -> HttpResponse:
    """Sign out everywhere else."""
    actions.end_other_sessions(request.actor, request.session.session_key)
    flash(request, _("All your other devices are signed out."))
    return redirect("accounts:security")
