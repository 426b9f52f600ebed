"""Checking input: errors are gathered by field, so that a person sees all of them at once."""

from .errors import Invalid
from .fold import clean, clean_block
from .text import gettext as _


class Errors:
    """Gathers what is wrong; `raise_any` raises one Invalid with all of it."""

    def __init__(self, prefix: str = ""):
        self.prefix = prefix
        self.found: dict[str, list[str]] = {}

    def add(self, field: str, reason: str) -> None:
        """Note a reason against a field."""
        self.found.setdefault(self.prefix + field, []).append(reason)

    def raise_any(self) -> None:
        """Raise Invalid when anything was noted."""
        if self.found:
            raise Invalid(self.found)

    def line(self, field: str, text: str, most: int, *, required: bool = False) -> str:
        """A cleaned line of at most `most` characters."""
        if not text and not required:
            return ""
        return self._checked(field, clean(text or ""), most, required)

    def block(self, field: str, text: str, most: int, *, required: bool = False) -> str:
        """Cleaned text of several lines."""
        return self._checked(field, clean_block(text or ""), most, required)

    def _checked(self, field: str, text: str, most: int, required: bool) -> str:
        if required and not text:
            self.add(field, _("This field is required."))
        if len(text) > most:
            self.add(field, _("At most %(most)s characters; these are %(length)s.", most=most, length=len(text)))
        return text

    def choice(self, field: str, value: str, choices) -> str:
        """One of the values of a TextChoices class."""
        try:
            choices(value)
        except ValueError:
            self.add(field, _("Choose one of: %(choices)s.", choices=", ".join(map(str, choices.labels))))
        return value
