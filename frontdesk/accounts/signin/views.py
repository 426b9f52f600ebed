"""The sign-in library's pages that Frontdesk offers, with their policies; it has more, which stay closed."""

from allauth.account import views as library
from django.contrib.auth import logout as forget
from django.shortcuts import redirect
from django.urls import reverse_lazy

from frontdesk.core.http import PUBLIC, SIGNED_IN, page
from frontdesk.core.text import gettext as _
from frontdesk.ui.flash import flash

from ..actions.setup import is_fresh
from .forms import PasswordChangeForm, ResetForm, ResetKeyForm, SignInForm

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


sign_in = page(PUBLIC, methods=BOTH)(SignIn.as_view())
sign_out = page(PUBLIC, methods=BOTH)(library.logout)
password_change = page(SIGNED_IN, methods=BOTH)(PasswordChange.as_view())
password_reset = page(PUBLIC, methods=BOTH)(PasswordReset.as_view())
password_reset_sent = page(PUBLIC)(library.password_reset_done)
password_reset_from_key = page(PUBLIC, methods=BOTH)(PasswordResetFromKey.as_view())
inactive = page(PUBLIC)(library.account_inactive)
