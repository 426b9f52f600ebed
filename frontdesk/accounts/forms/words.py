"""The form of the account's own words: every term in every language, named `language.term.form`."""

from django import forms

from frontdesk.core.languages import language_name
from frontdesk.core.text import gettext as _
from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.core.words import FORMS, TERMS, default_words

from ..actions.words import LONGEST_WORD
from ..words import grammar, ready
from .base import ActionForm

GENDER_NAMES = {"m": _lazy("Masculine"), "f": _lazy("Feminine"), "n": _lazy("Neuter")}
DERIVED = FORMS[2:]


def _text(label: str, like: str) -> forms.CharField:
    widget = forms.TextInput(attrs={"placeholder": like, "autocomplete": "off", "autocapitalize": "none"})
    return forms.CharField(label=label, required=False, max_length=LONGEST_WORD * 4, widget=widget)


def _plain(forms_of_term: dict, language: str) -> dict[str, str]:
    """What somebody would have to type for these forms: those that the language's rules give are left out."""
    if not forms_of_term.get("one"):
        return {}
    one, many = forms_of_term["one"], forms_of_term.get("many") or forms_of_term["one"]
    bent = grammar.bend(language, one, many, forms_of_term.get("gender", ""))
    kept = {form: forms_of_term[form] for form in DERIVED if forms_of_term.get(form) not in (None, bent[form])}
    return {"one": one, "many": many, "gender": forms_of_term.get("gender", ""), **kept}


class WordsForm(ActionForm):
    """Singular, plural, gender and, where they are irregular, the other forms."""

    use_required_attribute = False

    def __init__(self, data=None, words=None):
        super().__init__(data, initial=self._initial(words or {}))
        for language in ready.languages():
            for term in TERMS:
                self._add(language, term)

    @staticmethod
    def _initial(words) -> dict[str, str]:
        return {
            f"{language}.{term}.{form}": text
            for language, terms in words.items()
            for term, forms_of_term in terms.items()
            for form, text in _plain(forms_of_term, language).items()
        }

    def _add(self, language: str, term: str) -> None:
        built_in, at = default_words(language)[term], f"{language}.{term}."
        self.fields[at + "one"] = _text(_("One"), built_in["one"])
        self.fields[at + "many"] = _text(_("Several"), built_in["many"])
        known = grammar.genders(language)
        if known:
            choices = [(gender, GENDER_NAMES[gender]) for gender in known]
            self.fields[at + "gender"] = forms.ChoiceField(label=_("Gender"), required=False, choices=choices)
        for form in DERIVED:
            self.fields[at + form] = _text(_("Instead of “%(form)s”", form=built_in[form]), "")

    def typed(self) -> dict[str, dict[str, dict[str, str]]]:
        """Language -> term -> form -> what stands in the field now, valid or not."""
        found: dict[str, dict[str, dict[str, str]]] = {}
        for name in self.fields:
            language, term, form = name.split(".")
            found.setdefault(language, {}).setdefault(term, {})[form] = str(self[name].value() or "")
        return found

    def languages(self) -> list[dict]:
        """What the page draws: [{code, name, terms: [{key, name, one, many, gender, forms}]}]."""
        return [
            {"code": code, "name": language_name(code), "terms": [self._term(code, term) for term in TERMS]}
            for code in ready.languages()
        ]

    def _term(self, language: str, term: str) -> dict:
        at = f"{language}.{term}."
        bound = [self[at + form] for form in DERIVED]
        return {
            "key": term, "name": default_words(language)[term]["one"], "one": self[at + "one"],
            "many": self[at + "many"], "gender": self[at + "gender"] if at + "gender" in self.fields else None,
            "forms": bound, "open": any(one.value() or one.errors for one in bound),
        }  # fmt: skip
