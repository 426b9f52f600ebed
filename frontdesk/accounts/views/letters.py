"""The texts of mails in the settings."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from frontdesk.activity.settings_layout import pages_of
from frontdesk.core.errors import Conflict, Missing
from frontdesk.core.http import page
from frontdesk.core.text import gettext as _
from frontdesk.ui.flash import flash

from .. import access, actions, choices, permissions, queries
from ..actions.letters import check_letter
from ..forms.letters import LetterForm
from ..letters import Letter


def _language(request) -> str:
    wanted = request.POST.get("language") or request.GET.get("language") or request.actor.account.language
    if wanted not in choices.language_codes():
        raise Missing("language")
    return wanted


@page(permissions.ACCOUNT_EDIT)
def mail_texts(request) -> HttpResponse:
    """Every mail whose text can be changed."""
    context = {
        "here": "settings", "section": "mails", "settings_pages": pages_of(request.actor),
        "mails": queries.mails(request.actor),
    }  # fmt: skip
    return render(request, "accounts/mail_texts.html", context)


def _edit_page(request, kind, form, shown: Letter, status: int = 200) -> HttpResponse:
    language = _language(request)
    address = reverse("accounts:mail_text", args=[kind.key])
    context = {
        "here": "settings", "section": "mails", "settings_pages": pages_of(request.actor), "kind": kind, "form": form,
        "written_in": language, "shown": queries.preview(request.actor, kind, shown, language), "own": shown.own,
        "languages_of": [
            {"key": code, "label": name, "href": f"{address}?language={code}"} for code, name in choices.languages()
        ],
    }  # fmt: skip
    return render(request, "accounts/mail_text.html", context, status=status)


@page(permissions.ACCOUNT_EDIT, methods=("GET", "POST"))
def mail_text(request, mail: str) -> HttpResponse:
    """Write one mail in one language; `preview` shows it without saving."""
    kind, language = access.get_mail(request.actor, mail), _language(request)
    current = queries.letter(request.actor, kind, language)
    if request.method == "GET":
        return _edit_page(
            request, kind, LetterForm(initial={"subject": current.subject, "body": current.body}), current
        )
    form = LetterForm(request.POST)
    if "preview" in request.POST:
        good = form.run(lambda data: check_letter(kind, **data))
        return _edit_page(request, kind, form, form.result if good else current, 200 if good else 422)
    if form.run(lambda data: actions.change_letter(request.actor, kind, language, **data)):
        flash(request, _("Saved."))
        return _back(kind, language)
    return _edit_page(request, kind, form, current, 422)


def _back(kind, language: str) -> HttpResponse:
    return redirect(reverse("accounts:mail_text", args=[kind.key]) + f"?language={language}")


@page(permissions.ACCOUNT_EDIT, methods=("POST",))
def mail_text_reset(request, mail: str) -> HttpResponse:
    """Back to the default text."""
    kind, language = access.get_mail(request.actor, mail), _language(request)
    actions.reset_letter(request.actor, kind, language)
    flash(request, _("The default text is back."))
    return _back(kind, language)


@page(permissions.ACCOUNT_EDIT, methods=("POST",))
def mail_text_test(request, mail: str) -> HttpResponse:
    """Send it to oneself."""
    kind, language = access.get_mail(request.actor, mail), _language(request)
    try:
        actions.try_letter(request.actor, kind, language)
    except Conflict as conflict:
        flash(request, " ".join(conflict.errors[""]), level="error")
    else:
        flash(request, _("The mail is on its way to %(email)s.", email=request.actor.email))
    return _back(kind, language)
