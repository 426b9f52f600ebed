"""E-mail addresses: form checked, lower case, without asking any network."""

import functools
import re

from email_validator import EmailNotValidError, validate_email

LONGEST = 254
_PLAIN = re.compile(r"[a-z0-9_+-]+(\.[a-z0-9_+-]+)*@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}")


class BadEmail(ValueError):
    """The text is not an e-mail address."""


@functools.lru_cache(maxsize=4096)
def parse(text: str) -> str:
    """The address in lower case; raises BadEmail."""
    lowered = text.strip().lower()
    if len(lowered) > LONGEST:
        raise BadEmail(text)
    if _PLAIN.fullmatch(lowered) and lowered.index("@") <= 64:
        return lowered
    try:
        return validate_email(lowered, check_deliverability=False, test_environment=True).normalized.lower()
    except EmailNotValidError as error:
        raise BadEmail(text) from error
