"""The words that an account chooses for client, co-worker, job and session."""

import re
from collections.abc import Mapping

from django.db import transaction

from frontdesk.activity.spine import record
from frontdesk.core.checks import Errors
from frontdesk.core.errors import Invalid
from frontdesk.core.text import gettext as _
from frontdesk.core.words import FORMS, TERMS, default_words

from .. import access, permissions
from ..models import Account
from ..words import grammar, ready

LONGEST_WORD = 60
# Letters of any script, and what stands between the parts of a name of a job.
_WORD = re.compile(r"[^\W_](?:[^\W_]|[ .,/&()'’-])*")
Typed = Mapping[str, Mapping[str, Mapping[str, str]]]


def _form(errors: Errors, field: str, text: str, *, required: bool = False) -> str:
    said = errors.line(field, text, LONGEST_WORD, required=required)
    if said and not _WORD.fullmatch(said):
        errors.add(field, _("A word has letters, digits, spaces, hyphens and apostrophes, and begins with a letter."))
    return said


def _gender(errors: Errors, field: str, language: str, text: str) -> str:
    known = grammar.genders(language)
    if text and text not in known:
        errors.add(field, _("Choose one from the list."))
    return text if text in known else next(iter(known), "")


def _one_term(errors: Errors, language: str, term: str, forms: Mapping[str, str]) -> dict[str, str]:
    """The forms of a term, those left out worked out; nothing when nothing was typed."""
    if not any(forms.get(form) for form in FORMS):
        return {}
    at = f"{language}.{term}."
    one, many = (_form(errors, at + form, forms.get(form, ""), required=True) for form in ("one", "many"))
    gender = _gender(errors, at + "gender", language, forms.get("gender", ""))
    own = {form: _form(errors, at + form, forms.get(form, "")) for form in FORMS[2:]}
    bent = grammar.bend(language, one, many, gender) | {form: text for form, text in own.items() if text}
    return bent | ({"gender": gender} if gender else {})


def _is_built_in(language: str, term: str, forms: dict[str, str]) -> bool:
    return all(forms[form] == text for form, text in default_words(language)[term].items())


def complete(errors: Errors, typed: Typed) -> ready.Words:
    """Typed words with all their forms, without those that are built in; reasons go to `errors`."""
    found: ready.Words = {}
    for language, terms in typed.items():
        if language not in ready.languages() or set(terms) - set(TERMS):
            errors.add(language, _("Choose one from the list."))
            continue
        full = {term: _one_term(errors, language, term, forms) for term, forms in terms.items()}
        found[language] = {
            term: forms for term, forms in full.items() if forms and not _is_built_in(language, term, forms)
        }
    return {language: terms for language, terms in found.items() if terms}


def change_words(actor, typed: Typed) -> Account:
    """Replace the account's own words, in every language; what is left out is called as built in. Raises Invalid."""
    access.require(actor, permissions.ACCOUNT_EDIT)
    errors = Errors()
    words = complete(errors, typed)
    errors.raise_any()
    with transaction.atomic():
        account = Account.objects.select_for_update().get(pk=actor.account_id)
        if account.words != words:
            account.words = words
            account.save(update_fields=["words"])
            record(actor, "account.words_changed", subject_id=account.pk, data={"languages": sorted(words)})
    return account


def use_ready_words(actor, key: str) -> Account:
    """Take a ready-made set; raises Invalid for one that nobody knows."""
    try:
        words = ready.ready_words(key)
    except KeyError:
        raise Invalid({"set": [_("Choose one from the list.")]}) from None
    return change_words(actor, words)
