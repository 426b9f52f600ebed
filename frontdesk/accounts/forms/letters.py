"""Forms about the texts of mails."""

from django import forms

from frontdesk.core.text import gettext_lazy as _lazy

from ..letters import LONGEST_BODY, LONGEST_SUBJECT
from .base import ActionForm, line


class LetterForm(ActionForm):
    """Subject and text of a mail."""

    subject = line(_lazy("Subject"), LONGEST_SUBJECT, autocomplete="off")
    body = forms.CharField(label=_lazy("Text"), max_length=LONGEST_BODY, widget=forms.Textarea(attrs={"rows": 12}))
