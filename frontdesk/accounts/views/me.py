"""Oneself: profile, tokens, preferences, the account one acts in."""

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render

from frontdesk.core.errors import Conflict, Invalid, Missing
from frontdesk.core.http import PUBLIC, SIGNED_IN, page
from frontdesk.core.tenancy.context import account_context
from frontdesk.core.text import gettext as _
from frontdesk.ui.flash import flash

from .. import access, actions, choices, permissions, queries
from ..forms.profile import EmailForm, ProfileForm, TokenForm
from ..middleware import LANGUAGE_COOKIE
from ..models import Theme
from ..signin.limits import address_tries_left, password_tries_left
from ..signin.links import find_change
from ..signin.sessions import MEMBER_KEY, memberships
from ..signin.tokens import account_of
from .going import back

THEME_COOKIE = "frontdesk_theme"
COOKIE_AGE = 365 * 24 * 3600


def _profile(request, status: int = 200, **forms) -> HttpResponse:
    actor = request.actor
    context = {
        "here": "profile", "section": "profile", "form": ProfileForm(initial=ProfileForm.of(actor)),
        "email_form": EmailForm(initial={"email": actor.user.email}),
        "pending_email": queries.pending_email(actor), **forms,
    }  # fmt: skip
    return render(request, "accounts/profile.html", context, status=status)


@page(permissions.PROFILE_EDIT, methods=("GET", "POST"))
def profile(request) -> HttpResponse:
    """One's own profile."""
    if request.method == "GET":
        return _profile(request)
    form = ProfileForm(request.POST)
    if form.run(lambda data: actions.change_profile(request.actor, form.profile(data))):
        flash(request, _("Saved."))
        return redirect("accounts:profile")
    return _profile(request, 422, form=form)


@page(permissions.PROFILE_EDIT, methods=("POST",))
def profile_email(request) -> HttpResponse:
    """Another address to sign in with."""
    form = EmailForm(request.POST)
    if not (password_tries_left(request) and address_tries_left(request)):
        form.add_error("current_password", _("Too many tries. Please wait a few minutes, then try once more."))
    elif form.run(lambda data: actions.change_email(request.actor, **data)):
        if form.result:
            flash(
                request,
                _("Look into the mail at %(email)s: the link in it confirms the address.", email=form.result.email),
            )
        else:
            flash(request, _("Saved."))
        return redirect("accounts:profile")
    return _profile(request, 422, email_form=form)


@page(permissions.PROFILE_EDIT, methods=("POST",))
def profile_email_cancel(request) -> HttpResponse:
    """Keep the address after all."""
    actions.cancel_email(request.actor)
    flash(request, _("Your address stays as it is."))
    return redirect("accounts:profile")


def _email_answer(request, template: str, status: int = 200, **context) -> HttpResponse:
    return render(request, f"accounts/{template}", context, status=status)


@page(PUBLIC, methods=("GET", "POST"))
def email_confirm(request, token: str) -> HttpResponse:
    """The page that the link in the mail opens; only a POST counts, so mail scanners may look."""
    account_id = account_of(token)
    if account_id is None:
        return _email_answer(request, "email_unknown.html", 404)
    with account_context(account_id):
        change = find_change(token)
        if change is None:
            return _email_answer(request, "email_unknown.html", 404)
        if request.method == "GET":
            return _email_answer(request, "email_confirm.html", change=change)
        try:
            actions.confirm_email(change)
        except Conflict:
            return _email_answer(request, "email_unknown.html", 409)
        return _email_answer(request, "email_confirmed.html", change=change)


@page(permissions.PROFILE_EDIT, methods=("POST",))
def leave(request) -> HttpResponse:
    """Give up one's own membership."""
    try:
        actions.leave(request.actor)
    except Conflict as conflict:
        flash(request, " ".join(conflict.errors[""]), level="error")
        return redirect("accounts:profile")
    return redirect("account_login")


def _tokens(request, status: int = 200, **context) -> HttpResponse:
    shown = {"here": "profile", "section": "tokens", "tokens": queries.tokens(request.actor), **context}
    shown.setdefault("form", TokenForm(actor=request.actor))
    response = render(request, "accounts/tokens.html", shown, status=status)
    if "secret" in context:
        response.headers["Cache-Control"] = "no-store"
    return response


@page(permissions.TOKENS, methods=("GET", "POST"))
def tokens(request) -> HttpResponse:
    """One's own API tokens; a new one is shown once."""
    if request.method == "GET":
        return _tokens(request)
    form = TokenForm(request.POST, actor=request.actor)
    if form.run(lambda data: actions.create_token(request.actor, **form.token(data))):
        return _tokens(request, secret=form.result[1], made=form.result[0])
    return _tokens(request, 422, form=form)


@page(permissions.TOKENS, obj="token", methods=("POST",))
def token_revoke(request, token_id: UUID) -> HttpResponse:
    """End a token."""
    actions.revoke_token(request.actor, access.get_token(request.actor, token_id))
    flash(request, _("The token no longer works."))
    return redirect("accounts:tokens")


def _keep(response: HttpResponse, cookie: str, value: str) -> HttpResponse:
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(cookie, value, max_age=COOKIE_AGE, samesite="Lax", httponly=True, secure=secure)
    return response


@page(PUBLIC, methods=("POST",))
def language(request) -> HttpResponse:
    """The language of pages: kept with the user, or with the browser of a visitor."""
    wanted = request.POST.get("language", "")
    if wanted not in choices.language_codes():
        raise Invalid({"language": [_("Choose one from the list.")]})
    if request.actor and request.actor.user:
        actions.set_language(request.actor, wanted)
    return _keep(back(request), LANGUAGE_COOKIE, wanted)


@page(PUBLIC, methods=("POST",))
def theme(request) -> HttpResponse:
    """Light, dark or as the device: kept with the user, or with the browser of a visitor."""
    wanted = request.POST.get("theme", "")
    if wanted not in Theme.values:
        raise Invalid({"theme": [_("Choose one from the list.")]})
    if request.actor and request.actor.user:
        actions.set_theme(request.actor, wanted)
    return _keep(back(request), THEME_COOKIE, wanted)


@page(SIGNED_IN, methods=("POST",))
def switch(request) -> HttpResponse:
    """Act in another account to which one belongs."""
    wanted = request.POST.get("member", "")
    known = {str(member.pk): member for member in memberships(request.actor.user_id)}
    if wanted not in known:
        raise Missing("member")
    request.session[MEMBER_KEY] = wanted
    return redirect("accounts:home")
