"""Forms of signing in."""

from allauth.account import forms as library
from allauth.account.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.internal.flows import check_rate_limit
from django import forms
from django.core.cache import cache

from frontdesk.core.errors import Invalid
from frontdesk.core.jobs.queue import enqueue
from frontdesk.core.text import gettext as _
from frontdesk.core.text import gettext_lazy as _lazy

from .. import checks
from ..jobs import send_reset_mail
from ..models import clean_login
from . import factors, passwords
from .sessions import refusal

PASSWORD, CODE = _lazy("Password"), _lazy("Code")


def new_password_field(label=PASSWORD) -> forms.CharField:
    """A field for a password that somebody chooses, typed once."""
    return forms.CharField(
        label=label, max_length=checks.LONGEST_PASSWORD, strip=False,
        help_text=_lazy("At least 10 characters; a few words are easy to remember."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip


def current_password_field(label=PASSWORD, required: bool = True) -> forms.CharField:
    """A field for the password that somebody has."""
    return forms.CharField(
        label=label, max_length=checks.LONGEST_PASSWORD, strip=False, required=required,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )  # fmt: skip


class SignInForm(library.LoginForm):
    """E-mail address or username, and password."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        names = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        self.fields["login"] = forms.CharField(
            label=_("E-mail or username"), max_length=254, widget=forms.TextInput(attrs=names)
        )
        self.fields["password"] = current_password_field()
        self.order_fields(["login", "password"])

    def user_credentials(self) -> dict:
        """One credential only, so that a known and an unknown login take the same time; usernames hold no @."""
        login = clean_login(self.cleaned_data["login"]) or ""
        return {"email" if "@" in login else "username": login, "password": self.cleaned_data["password"]}

    def clean(self):
        """Refuse people who may not sign in now, once the password has shown who they are."""
        cleaned = super().clean()
        reason = refusal(self.user) if self.user else ""
        if reason:
            raise forms.ValidationError(reason)
        return cleaned


def code_field(label=CODE) -> forms.CharField:
    """A field for a code that an app shows."""
    attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
    return forms.CharField(label=label, max_length=20, widget=forms.TextInput(attrs=attrs))


class CodeForm(AuthenticateForm):
    """A code of the app, or a recovery code, after the password."""

    USED_FOR = 180

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"] = code_field()

    def clean_code(self) -> str:
        """It must be right, and the app's not used before: each is taken for as long as a slow clock allows."""
        code = super().clean_code()
        digits = "".join(filter(str.isalnum, code)).lower()
        if not cache.add(f"second-factor:{self.authenticator.pk}:{digits}", 1, self.USED_FOR):
            raise forms.ValidationError(_("This code is not right, or was used already."))
        return code


class PasskeyForm(forms.Form):
    """What a browser answers when somebody proves to hold a passkey; `user` where the password told who it is."""

    credential = forms.JSONField(widget=forms.HiddenInput)

    def __init__(self, *args, user=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_credential(self):
        """The passkey as it is kept; guesses count where the person is known."""
        clear = check_rate_limit(self.user) if self.user else None
        try:
            used = factors.read_used(self.cleaned_data["credential"], self.user)
        except Invalid as error:
            raise forms.ValidationError(error.errors["credential"]) from error
        reason = refusal(used.user)
        if reason:
            raise forms.ValidationError(reason)
        if clear:
            clear()
        return used


class ConfirmForm(forms.Form):
    """The password of someone who signed in a while ago and wants to change how they sign in."""

    password = current_password_field(_lazy("Your password"))


class ResetForm(forms.Form):
    """The address to which a link to choose a new password goes."""

    email = forms.EmailField(
        label=_lazy("E-mail"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )

    def save(self, request) -> str:
        """Queue the mail; known and unknown addresses cost the same time and get the same answer."""
        enqueue(send_reset_mail, email=self.cleaned_data["email"])
        return self.cleaned_data["email"]


class ResetKeyForm(forms.Form):
    """The new password at the end of a reset."""

    password = new_password_field(_lazy("New password"))

    def __init__(self, *args, user=None, temp_key=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        """By the rules for passwords."""
        return _valid(self.cleaned_data["password"], self.user)

    def save(self) -> None:
        """Set it."""
        get_adapter().set_password(self.user, self.cleaned_data["password"])


def _valid(password: str, user) -> str:
    faults = checks.password_faults(password, user)
    if faults:
        raise forms.ValidationError(faults)
    return password


class PasswordChangeForm(forms.Form):
    """Current and new password; the current one is not asked again right after signing in with a temporary one."""

    current = current_password_field(_lazy("Current password"))
    password = new_password_field(_lazy("New password"))

    def __init__(self, *args, user=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        if user.must_change_password:
            del self.fields["current"]

    def clean_current(self) -> str:
        """It must be right."""
        if not self.user.check_password(self.cleaned_data["current"]):
            raise get_adapter().validation_error("incorrect_password")
        return self.cleaned_data["current"]

    def clean_password(self) -> str:
        """By the rules, and another one than before."""
        wanted = _valid(self.cleaned_data["password"], self.user)
        if self.user.check_password(wanted):
            raise forms.ValidationError(_("Choose another password than the one you have."))
        return wanted

    def save(self) -> None:
        """Set it."""
        passwords.set_own(self.user, self.cleaned_data["password"])
