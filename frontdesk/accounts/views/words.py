"""The page on which an account chooses its words."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from frontdesk.activity.settings_layout import pages_of
from frontdesk.core.checks import Errors
from frontdesk.core.http import page
from frontdesk.core.text import gettext as _
from frontdesk.ui.flash import flash

from .. import actions, permissions
from ..actions.words import complete
from ..forms.words import WordsForm
from ..words import ready, speaking


def _chosen(request) -> tuple[str, dict]:
    """The ready-made set that is looked at with its words; else none with the account's own."""
    key = request.GET.get("set", "")
    if key in ready.set_keys():
        return key, ready.ready_words(key)
    return key if key == "built-in" else "", {} if key == "built-in" else request.actor.account.words


def _answer(request, form: WordsForm, key: str = "", status: int = 200) -> HttpResponse:
    context = {
        "here": "settings", "section": "words", "settings_pages": pages_of(request.actor), "form": form, "key": key,
        "sets": speaking.set_labels(), "built_in": speaking.built_in(),
        "heard": speaking.heard(complete(Errors(), form.typed())),
    }  # fmt: skip
    return render(request, "accounts/words.html", context, status=status)


@page(permissions.ACCOUNT_EDIT, methods=("GET", "POST"))
def words(request) -> HttpResponse:
    """The account's words; `?set=` fills in a ready-made set, and `preview` says the examples without saving."""
    if request.method == "GET":
        key, shown = _chosen(request)
        return _answer(request, WordsForm(words=shown), key)
    form = WordsForm(request.POST)
    if "preview" in request.POST:
        return _answer(request, form)
    if form.run(lambda data: actions.change_words(request.actor, form.typed())):
        flash(request, _("Saved."))
        return redirect("accounts:words")
    return _answer(request, form, status=422)
