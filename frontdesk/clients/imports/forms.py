"""HTML input of imports."""

from django import forms

from frontdesk.core.countries import country_choices
from frontdesk.core.text import gettext_lazy as _lazy

from ..models import Status
from .models import ClientImport
from .options import Key, Matched, Options, Unmatched

EXTENSIONS = ".xlsx,.xls,.ods,.csv,.tsv,.txt,.xlsm"


class UploadForm(forms.Form):
    """A file; `sheet` only after a refusal that offers other sheets."""

    file = forms.FileField(label=_lazy("File"), allow_empty_file=True)
    sheet = forms.CharField(label=_lazy("Sheet"), required=False, max_length=200, strip=False)


class OptionsForm(forms.Form):
    """What becomes of known clients, and what stands in for empty cells."""

    key = forms.ChoiceField(
        label=_lazy("Recognise %(clients)s by"), choices=Key.choices,
        help_text=_lazy("A row with the same one is taken for %(the_client)s who is here already."),
    )  # fmt: skip
    matched = forms.ChoiceField(
        label=_lazy("When %(the_client)s is here already"), choices=Matched.choices, widget=forms.RadioSelect
    )
    unmatched = forms.ChoiceField(
        label=_lazy("When %(the_client)s is new"), choices=Unmatched.choices, widget=forms.RadioSelect
    )
    status = forms.ChoiceField(
        label=_lazy("Status of new %(clients)s"), choices=Status.choices, help_text=_lazy("Where the file names none.")
    )
    country = forms.ChoiceField(
        label=_lazy("Country"), required=False, choices=lambda: [("", "–"), *country_choices()],
        help_text=_lazy("Of phone numbers and addresses that name none."),
    )  # fmt: skip

    @classmethod
    def of(cls, source: ClientImport, data=None) -> "OptionsForm":
        """The form of an import; bound when `data` is given."""
        return cls(data, initial=source.options)

    def typed(self) -> Options:
        """The options as the verb takes them."""
        return Options(**self.cleaned_data)
