"""The privacy notice of an account: its own text, else the one that Frontdesk proposes.

The proposal is `texts/privacy/<language>.md`: what Frontdesk stores, for how long, and what people may ask for. It
speaks the account's words, and names the account and how to reach its office.
"""

import functools
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from frontdesk.core import text
from frontdesk.core.reader import in_language
from frontdesk.core.text import gettext as _

from .models import Account, PrivacyNotice

FOLDER = Path(__file__).resolve().parent / "texts" / "privacy"


class Notice(NamedTuple):
    """A notice in one language; `changed_at` is None for the proposal."""

    text: str
    changed_at: datetime | None


@functools.cache
def _proposal(language: str) -> str:
    for code in (language, language.partition("-")[0], "en"):
        path = FOLDER / f"{code}.md"
        if path.exists():
            return path.read_text(encoding="utf-8").strip()
    raise FileNotFoundError("en.md")


def proposed(account: Account, language: str) -> str:
    """What Frontdesk proposes for an account; call it with the account's words in use."""
    reach = ", ".join(part for part in (account.contact_email, account.contact_phone) if part)
    with in_language(language):
        office = reach or _("the office")
        return _proposal(language) % {**text.words(), "account": account.name, "office": office}


def notice(account: Account, language: str) -> Notice:
    """The notice in a language; the account must be the one in context, and its words in use."""
    own = PrivacyNotice.objects.filter(account_id=account.pk, language=language).first()
    return Notice(own.text, own.changed_at) if own else Notice(proposed(account, language), None)


def notices(account: Account) -> dict[str, Notice]:
    """Language -> notice, for every language on offer."""
    own = {one.language: Notice(one.text, one.changed_at) for one in PrivacyNotice.objects.all()}
    return {code: own.get(code) or Notice(proposed(account, code), None) for code, _name in settings.LANGUAGES}
