"""The page that an invitation's link opens. Only a POST uses the link up, so mail scanners may look."""

from allauth.account.adapter import get_adapter
from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode

from frontdesk.core import text
from frontdesk.core.http import PUBLIC, page
from frontdesk.core.tenancy.context import account_context

from .. import actions
from ..forms.base import ActionForm
from ..forms.profile import JoinForm, RegisterForm
from ..models import Invitation, User
from ..signin.links import find_invitation
from ..signin.sessions import enter
from ..signin.tokens import account_of

STATUS = {"unknown": 404, "registered": 410, "expired": 410}


def _show(request, template: str, context: dict, status: int = 200) -> HttpResponse:
    return render(request, f"accounts/{template}", context, status=status)


def _closed(request, invitation: Invitation | None) -> HttpResponse:
    """What an unknown, used, withdrawn or expired link says; who has registered goes home."""
    state = invitation.status if invitation else "unknown"
    if state == "registered" and request.user.is_authenticated and request.user.pk == invitation.member.user_id:
        return redirect("accounts:home")
    context = {"state": state, "business": invitation.member.account.name if invitation else ""}
    return _show(request, "invitation_closed.html", context, STATUS[state])


def _join(request, invitation: Invitation, user: User) -> HttpResponse:
    """Someone who signs in already joins with that; their password is asked unless they are signed in."""
    signed_in = request.actor is not None and request.actor.user_id == user.pk
    if user.has_second_factor and not signed_in:
        return _sign_in_first(request, invitation)
    form_class = ActionForm if signed_in else JoinForm
    form = form_class(request.POST if request.method == "POST" else None)

    def verb(data: dict):
        known = user if signed_in else get_adapter(request).authenticate(request, email=user.email, **data)
        if known is None or not known.is_active:
            raise get_adapter(request).validation_error("email_password_mismatch")
        return actions.accept_as(invitation, known)

    return _answer(request, invitation, form, verb, "invitation_join.html", signed_in=signed_in)


def _sign_in_first(request, invitation: Invitation) -> HttpResponse:
    """A password alone is not enough for them, so they come back signed in."""
    context = {"member": invitation.member, "business": invitation.member.account.name, "email": invitation.email,
               "next": urlencode({"next": request.path})}  # fmt: skip
    return _show(request, "invitation_sign_in.html", context, 409 if request.method == "POST" else 200)


def _register(request, invitation: Invitation) -> HttpResponse:
    initial = {"name": invitation.member.name, "language": translation.get_language()}
    form = RegisterForm(request.POST if request.method == "POST" else None, initial=initial)
    return _answer(request, invitation, form, lambda data: actions.accept_new(invitation, **data), "invitation.html")


def _answer(request, invitation: Invitation, form, verb, template: str, **context) -> HttpResponse:
    try:
        if request.method == "POST" and form.run(verb):
            enter(request, form.result)
            return redirect("accounts:home")
    except forms.ValidationError as error:
        form.add_error(None, error)
    context |= {"form": form, "member": invitation.member, "business": invitation.member.account.name,
                "email": invitation.email,
                "privacy_href": reverse("accounts:privacy_of", args=[invitation.account_id])}  # fmt: skip
    return _show(request, template, context, 422 if form.is_bound else 200)


def _opened(request, token: str) -> HttpResponse:
    invitation = find_invitation(token)
    if invitation is None or invitation.status != "pending":
        return _closed(request, invitation)
    words = text.use_words(invitation.member.account.words)
    try:
        user = User.objects.by_email(invitation.email)
        return _join(request, invitation, user) if user else _register(request, invitation)
    finally:
        text.release_words(words)


@page(PUBLIC, methods=("GET", "POST"))
def invitation(request, token: str) -> HttpResponse:
    """Register, or join with a sign-in that exists."""
    account_id = account_of(token)
    if account_id is None:
        return _closed(request, None)
    with account_context(account_id):
        return _opened(request, token)
