"""Pages of the help; in the side sheet the same topics without the frame."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode

from frontdesk.activity.settings_layout import pages_of
from frontdesk.core.errors import Invalid
from frontdesk.core.forms import show_refusal
from frontdesk.core.http import PUBLIC, page
from frontdesk.core.text import gettext as _
from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.ui.flash import flash
from frontdesk.ui.markup import rendered

from . import access, actions, permissions, queries, texts

LONGEST_QUERY = 100


class AnswerForm(forms.Form):
    """Whether a topic was of use."""

    helpful = forms.ChoiceField(choices=[("yes", _lazy("Yes")), ("no", _lazy("No"))])
    comment = forms.CharField(
        label=_lazy("What was missing?"), required=False, max_length=2000, widget=forms.Textarea({"rows": 2})
    )


def _show(request, topic: texts.Topic, form: AnswerForm | None = None, *, thanks: bool = False) -> HttpResponse:
    in_sheet = bool(request.headers.get("HX-Request"))
    context = {
        "topic": topic, "body": rendered(topic.body), "form": form or AnswerForm(), "thanks": thanks,
        "here": "help", "in_sheet": in_sheet,
    }  # fmt: skip
    status = 422 if form is not None and form.errors else 200
    return render(request, "help/parts/topic.html" if in_sheet else "help/topic.html", context, status=status)


@page(PUBLIC)
def index(request) -> HttpResponse:
    """All topics of the reader, or those that the words in `q` find."""
    query = request.GET.get("q", "")[:LONGEST_QUERY]
    context = {"topics": queries.find(request.actor, query), "query": query, "here": "help"}
    return render(request, "help/index.html", context)


@page(PUBLIC)
def page_topic(request, route: str) -> HttpResponse:
    """The topic of a page; the list of all where it has none that the reader may see."""
    key = texts.key_of_page(route)
    mine = {topic.key: topic for topic in access.topics_for(request.actor)}
    return _show(request, mine[key]) if key in mine else redirect("help:index")


@page(PUBLIC)
def topic(request, topic: str) -> HttpResponse:
    """One topic."""
    return _show(request, access.get_topic(request.actor, topic))


@page(permissions.ANSWER, methods=("POST",))
def answer(request, topic: str) -> HttpResponse:
    """Keep whether the topic was of use."""
    found, form = access.get_topic(request.actor, topic), AnswerForm(request.POST)
    if form.is_valid():
        try:
            actions.answer(request.actor, found, form.cleaned_data["helpful"] == "yes", form.cleaned_data["comment"])
        except Invalid as refused:
            show_refusal(form, refused)
    if form.errors or request.headers.get("HX-Request"):
        return _show(request, found, form, thanks=not form.errors)
    flash(request, _("Thank you."))
    return redirect("help:topic", found.key)


@page(permissions.ANSWERS)
def answers(request) -> HttpResponse:
    """What people said about the topics, for admins."""
    cursors = {name: request.GET.get(name, "") for name in ("after", "before")}
    found = queries.answers(request.actor, **cursors)
    context = {
        "here": "settings", "section": "help-answers", "settings_pages": pages_of(request.actor), "rows": found.rows,
        "tallies": queries.tallies(request.actor),
        "newer": "?" + urlencode({"before": found.before}) if found.before else "",
        "older": "?" + urlencode({"after": found.after}) if found.after else "",
    }  # fmt: skip
    return render(request, "help/answers.html", context)
