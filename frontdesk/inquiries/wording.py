"""What a form says: the account's own texts, else those that come with Frontdesk."""

from dataclasses import dataclass

from frontdesk.core.reader import language as language_in_use
from frontdesk.core.text import gettext as _
from frontdesk.core.text import gettext_lazy as _lazy

from .models import InquiryForm

# What an account may write itself, with the most characters of each.
PARTS = {"title": 120, "introduction": 1000, "consent": 1000, "thanks": 600, "topics": 1700}
LABELS = {
    "title": _lazy("Title"), "introduction": _lazy("Introduction"), "consent": _lazy("Consent"),
    "thanks": _lazy("Thanks"), "topics": _lazy("Topics in this language, one a line in the same order"),
}  # fmt: skip
MARKS = {
    "trap": _lazy("filled in a field that people do not see"),
    "links": _lazy("holds many links"),
    "name": _lazy("has a link as a name"),
    "code": _lazy("holds markup of forums"),
}


@dataclass(frozen=True)
class Wording:
    """The texts of a form in one language; `topics` are lines, "" where the form's own stand for all languages."""

    title: str
    introduction: str
    consent: str
    thanks: str
    topics: str = ""


def default(business: str) -> Wording:
    """The texts that come with Frontdesk, in the language in use."""
    return Wording(
        _("Write to %(business)s", business=business),
        _("Tell us what it is about. We answer as soon as we can."),
        _("%(business)s may keep what I enter here in order to answer me.", business=business),
        _("Thank you. We have your message and will come back to you."),
    )


def wording(form: InquiryForm, business: str) -> Wording:
    """The texts of a form in the language in use."""
    own, usual = form.texts.get(language_in_use(), {}), default(business)
    return Wording(**{part: own.get(part) or getattr(usual, part) for part in PARTS})


def marks_said(marks: list[str]) -> str:
    """Why an inquiry is suspected, in words."""
    return ", ".join(str(MARKS[mark]) for mark in marks if mark in MARKS)
