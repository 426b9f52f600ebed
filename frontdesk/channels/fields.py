"""The settings of a channel, said once for page, API and check."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from frontdesk.core.checks import Errors
from frontdesk.core.text import gettext as _

TEXT, SECRET, CHOICE, NUMBER, SWITCH = "text", "secret", "choice", "number", "switch"


@dataclass(frozen=True)
class Field:
    """One setting. A secret is written, never shown. `check(text)` gives the cleaned text or raises ValueError(reason).

    `when` names the choice that it belongs to and the values for which it counts, such as ("sending", ("smtp",)).
    """

    key: str
    label: Any
    kind: str = TEXT
    help: Any = ""
    group: Any = ""
    choices: tuple[tuple[str, Any], ...] = ()
    default: Any = ""
    most: int = 200
    least: int = 0
    check: Callable[[str], str] | None = None
    when: tuple[str, tuple[str, ...]] | None = None

    @property
    def is_secret(self) -> bool:
        """Whether it is never shown."""
        return self.kind == SECRET

    def counts(self, config: Mapping[str, Any]) -> bool:
        """Whether it means anything beside the other settings."""
        return self.when is None or config.get(self.when[0]) in self.when[1]

    def clean(self, errors: Errors, given: Any) -> Any:
        """The value as it is kept; what is wrong is noted."""
        if self.kind == SWITCH:
            return bool(given)
        if self.kind == NUMBER:
            return self._number(errors, given)
        text = errors.line(self.key, str(given or ""), self.most)
        if self.kind == CHOICE and text not in dict(self.choices):
            errors.add(self.key, _("Choose one from the list."))
        if self.check and text:
            try:
                return self.check(text)
            except ValueError as wrong:
                errors.add(self.key, str(wrong))
        return text

    def _number(self, errors: Errors, given: Any) -> int:
        try:
            number = int(given)
        except (TypeError, ValueError, OverflowError):
            errors.add(self.key, _("Write a whole number."))
            return self.default
        if not self.least <= number <= self.most:
            errors.add(self.key, _("From %(least)s to %(most)s.", least=self.least, most=self.most))
        return number


def defaults(fields: tuple[Field, ...]) -> dict[str, Any]:
    """What holds until somebody chooses."""
    return {field.key: field.default for field in fields if not field.is_secret}
