"""The sign-in library's pages that Frontdesk offers, with their policies; it has more, which stay closed."""

from allauth.account import views as library
from allauth.account.internal.decorators import login_stage_required
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.core.internal import ratelimit
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.internal.constants import LoginStageKey
from django.contrib.auth import logout as forget
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy

from frontdesk.core.http import PUBLIC, SIGNED_IN, page
from frontdesk.core.text import gettext as _
from frontdesk.ui.flash import flash

from ..actions.setup import is_fresh
from . import factors
from .forms import CodeForm, PasskeyForm, PasswordChangeForm, ResetForm, ResetKeyForm, SignInForm

BOTH = ("GET", "POST")


class Refusing:
    """Answers a form with errors by 422."""

    def form_invalid(self, form):
        """The page again, with what was typed and what is wrong."""
        return self.render_to_response(self.get_context_data(form=form), status=422)


class SignIn(Refusing, library.LoginView):
    """Signing in; on an empty installation the way to the set-up page."""

    form_class = SignInForm

    def dispatch(self, request, *args, **kwargs):
        """End the session of someone whose access was switched off, who would be sent round in circles."""
        if request.actor is None and request.user.is_authenticated:
            forget(request)
            flash(request, _("Your session has ended."), level="info")
        if request.actor is None and request.method == "GET" and is_fresh():
            return redirect("accounts:setup")
        return super().dispatch(request, *args, **kwargs)


class PasswordChange(Refusing, library.PasswordChangeView):
    """Another password; this session stays, all others end."""

    form_class = PasswordChangeForm


class PasswordReset(Refusing, library.PasswordResetView):
    """Asking for a link by mail."""

    form_class = ResetForm


class PasswordResetFromKey(Refusing, library.PasswordResetFromKeyView):
    """The page behind that link."""

    form_class = ResetKeyForm
    success_url = reverse_lazy("account_login")


def _second_page(request, user, form, status: int = 200) -> HttpResponse:
    """The page that asks for the second factor, with a challenge for passkeys where there are any."""
    kinds = {factor.kind for factor in factors.factors_of(user)}
    options = factors.begin_passkey_sign_in(user) if factors.PASSKEY in kinds else ""
    context = {"form": form, "kinds": kinds, "options": options}
    return render(request, "account/second.html", context, status=status)


@page(PUBLIC, methods=BOTH)
@login_stage_required(stage=LoginStageKey.MFA_AUTHENTICATE.value, redirect_urlname="account_login")
def second_step(request) -> HttpResponse:
    """A code or a passkey after the password; without a password before it, the way to the sign-in page."""
    stage = request._login_stage
    user = stage.login.user
    if request.method == "GET":
        return _second_page(request, user, CodeForm(user=user))
    by_passkey = "credential" in request.POST
    form = (PasskeyForm if by_passkey else CodeForm)(request.POST, user=user)
    if not form.is_valid():
        return _second_page(request, user, form if not by_passkey else _with_error(user, form), 422)
    post_authentication(request, form.cleaned_data["credential"] if by_passkey else form.authenticator)
    return stage.exit()


def _with_error(user, refused: PasskeyForm) -> CodeForm:
    """The form for a code, with what was wrong with the passkey above it."""
    shown = CodeForm(user=user)
    shown.refusals = refused.errors.get("credential", [])
    return shown


@page(PUBLIC, methods=BOTH)
def passkey(request) -> HttpResponse:
    """GET a challenge for the browser; POST its answer signs in, by a passkey alone."""
    if request.method == "GET":
        return HttpResponse(factors.begin_passkey_sign_in(), content_type="application/json")
    limited = ratelimit.consume_or_429(request, app="allauth.mfa", action="webauthn_login")
    if limited:
        return limited
    form = PasskeyForm(request.POST)
    if not form.is_valid():
        shown = SignInForm(request=request)
        shown.refusals = form.errors.get("credential", [])
        return render(request, "account/login.html", {"form": shown}, status=422)
    used = form.cleaned_data["credential"]
    login = Login(user=used.user, redirect_url=get_next_redirect_url(request))
    # Loaded with what it does for passkeys, which few processes use.
    from allauth.mfa.webauthn.internal.flows import perform_passwordless_login

    return perform_passwordless_login(request, used, login)


sign_in = page(PUBLIC, methods=BOTH)(SignIn.as_view())
sign_out = page(PUBLIC, methods=BOTH)(library.logout)
password_change = page(SIGNED_IN, methods=BOTH)(PasswordChange.as_view())
password_reset = page(PUBLIC, methods=BOTH)(PasswordReset.as_view())
password_reset_sent = page(PUBLIC)(library.password_reset_done)
password_reset_from_key = page(PUBLIC, methods=BOTH)(PasswordResetFromKey.as_view())
inactive = page(PUBLIC)(library.account_inactive)
