"""The privacy notice: public, and as the account edits it."""

from uuid import UUID

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode

from frontdesk.activity.settings_layout import pages_of
from frontdesk.core import text as wording
from frontdesk.core.errors import Missing
from frontdesk.core.http import PUBLIC, page
from frontdesk.core.tenancy.context import account_context
from frontdesk.core.text import gettext as _
from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.ui.flash import flash
from frontdesk.ui.markup import rendered

from .. import actions, permissions
from ..forms.base import ActionForm
from ..models import Account
from ..privacy import notice, notices


class NoticeForm(ActionForm):
    """The notice in one language."""

    text = forms.CharField(label=_lazy("Text"), required=False, max_length=100_000, widget=forms.Textarea({"rows": 24}))


def _shown(request, account: Account | None) -> HttpResponse:
    """The notice of an account, or that each business has its own."""
    context: dict = {"business": account.name if account else "", "notice": None, "here": "privacy"}
    if account is not None:
        token = wording.use_words(account.words)
        try:
            with account_context(account.pk):
                found = notice(account, translation.get_language() or "en")
        finally:
            wording.release_words(token)
        context |= {"notice": found, "body": rendered(found.text)}
    return render(request, "accounts/privacy.html", context)


@page(PUBLIC)
def privacy(request) -> HttpResponse:
    """The notice of the reader's account; of the only one where nobody is signed in."""
    if request.actor is not None:
        return _shown(request, request.actor.account)
    accounts = list(Account.objects.order_by("id")[:2])
    return _shown(request, accounts[0] if len(accounts) == 1 else None)


@page(PUBLIC)
def privacy_of(request, account_id: UUID) -> HttpResponse:
    """The notice of one account, at an address that can be given to anybody."""
    account = Account.objects.filter(pk=account_id).first()
    if account is None:
        raise Missing("account")
    return _shown(request, account)


def _language(request) -> str:
    wanted = request.GET.get("language", "") or request.actor.account.language
    return wanted if wanted in dict(settings.LANGUAGES) else "en"


@page(permissions.ACCOUNT_EDIT, methods=("GET", "POST"))
def privacy_edit(request) -> HttpResponse:
    """The notice in each language, with the proposal where the account has no text of its own."""
    account, language = request.actor.account, _language(request)
    known = notices(account)
    form = NoticeForm(request.POST or None, initial={"text": known[language].text})
    if request.method == "POST" and form.run(
        lambda data: actions.change_privacy(request.actor, language, "" if "reset" in request.POST else data["text"])
    ):
        flash(request, _("Saved."))
        return redirect(request.path + "?" + urlencode({"language": language}))
    context = {
        "here": "settings", "section": "privacy", "settings_pages": pages_of(request.actor), "form": form,
        "own": known[language].changed_at is not None, "current": language,
        "public": settings.PUBLIC_URL + reverse("accounts:privacy_of", args=[account.pk]),
        "tabs": [{"key": code, "label": name, "href": f"?language={code}"} for code, name in settings.LANGUAGES],
    }  # fmt: skip
    return render(request, "accounts/privacy_edit.html", context, status=422 if form.is_bound else 200)
