"""Texts of mails that an account may write itself: placeholders in braces, checked and filled here alone."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from frontdesk.core.checks import Errors
from frontdesk.core.reader import in_language
from frontdesk.core.text import gettext as _

from .models import Account, MailText
from .registry import MailKind

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
LONGEST_SUBJECT, LONGEST_BODY = 200, 5000


@dataclass(frozen=True)
class Letter:
    """Subject and body of a mail; `own` when the account wrote them."""

    subject: str
    body: str
    own: bool = False

    @property
    def paragraphs(self) -> list[str]:
        """The body as it is set: parted by empty lines."""
        return [part.strip() for part in re.split(r"\n\s*\n", self.body) if part.strip()]


def placeholders(text: str) -> set[str]:
    """What stands in braces, spaces around it aside."""
    return {name.strip() for name in PLACEHOLDER.findall(text)}


def default(kind: MailKind, language: str) -> Letter:
    """The text that comes with Frontdesk, in the account's words."""
    with in_language(language):
        return Letter(str(kind.subject), str(kind.body))


def letter(account: Account, kind: MailKind, language: str) -> Letter:
    """The account's own text in that language, else the default."""
    own = MailText.objects.filter(account_id=account.pk, mail=kind.key, language=language).first()
    return Letter(own.subject, own.body, own=True) if own else default(kind, language)


def fill(text: str, values: Mapping[str, str]) -> str:
    """With values in place of placeholders, whatever braces the values hold; those without one stay as they are."""
    return PLACEHOLDER.sub(lambda found: values.get(found[1].strip(), found[0]), text)


def filled(text: Letter, values: Mapping[str, str]) -> Letter:
    """A letter with values in place of placeholders."""
    return Letter(fill(text.subject, values), fill(text.body, values), text.own)


def check_placeholders(errors: Errors, field: str, text: str, known: Iterable[str]) -> None:
    """Note against a field each placeholder that is not known, and braces that are none."""
    known = list(known)
    listed = ", ".join(f"{{{name}}}" for name in known)
    for name in sorted(placeholders(text) - set(known)):
        errors.add(field, _("There is no {%(name)s}. Known are: %(known)s.", name=name, known=listed))
    if set("{}") & set(PLACEHOLDER.sub("", text)):
        errors.add(field, _("A brace stands alone. Braces are for placeholders: %(known)s.", known=listed))
