"""Options: what an account allows or not, for everybody and differently for one person or client.

An option names the rights that it gives or withholds. What was chosen is kept as JSON, key to yes or no, on the
account (the layer for everybody) and on one person or client (a layer above it); a key that a layer lacks is as below.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .checks import Errors
from .registry import Registry
from .text import gettext as _

Layer = Mapping[str, bool]


@dataclass(frozen=True)
class Option:
    """Something to allow: `text` explains it, `rights` are those that go with it, `default` holds until one chooses."""

    key: str
    label: Any
    text: Any
    rights: frozenset[str] = frozenset()
    default: bool = False
    order: int = 100

    def on(self, *layers: Layer) -> bool:
        """What the first layer that names the option says, else the default."""
        return next((layer[self.key] for layer in layers if self.key in layer), self.default)


@dataclass(frozen=True)
class Choice:
    """An option with what was chosen: `own` is None where it is as for everybody, `general` is that for everybody."""

    option: Option
    own: bool | None
    general: bool

    @property
    def allowed(self) -> bool:
        """What holds."""
        return self.general if self.own is None else self.own


def choices(options: Iterable[Option], general: Layer, own: Layer | None = None) -> list[Choice]:
    """Every option with what was chosen for everybody and for one."""
    return [Choice(option, (own or {}).get(option.key), option.on(general)) for option in options]


@dataclass(frozen=True)
class Changed:
    """A layer after a change, and what the changed keys said before and say now (None: nothing)."""

    layer: dict[str, bool]
    before: dict[str, bool | None]
    after: dict[str, bool | None]


def change(
    options: Registry[Option], layer: Layer, chosen: Mapping[str, bool | None], field: str = "options."
) -> Changed:
    """A layer with some keys changed, None taking a key away; raises Invalid naming every key that is no option."""
    errors = Errors(field)
    for key in chosen:
        if options.get(key) is None:
            errors.add(str(key)[:60], _("There is no such option."))
    errors.raise_any()
    before = {key: layer.get(key) for key, value in chosen.items() if layer.get(key) != value}
    after = {key: chosen[key] for key in before}
    made = {key: value for key, value in {**layer, **after}.items() if value is not None}
    return Changed(made, before, after)


def posted_for_all(posted: Mapping[str, str], options: Iterable[Option]) -> dict[str, bool]:
    """What a form of switches `option-<key>` chose: those sent are on, the others off."""
    return {option.key: f"option-{option.key}" in posted for option in options}


def posted_for_one(posted: Mapping[str, str], options: Iterable[Option]) -> dict[str, bool | None]:
    """What a form of selects `option-<key>` chose: yes, no, or as for everybody; a field that is not sent stays."""
    said = {"yes": True, "no": False, "": None}
    errors, chosen = Errors(), {}
    for option in options:
        value = posted.get(f"option-{option.key}")
        if value is None:
            continue
        if value not in said:
            errors.add(option.key, _("Choose one from the list."))
        else:
            chosen[option.key] = said[value]
    errors.raise_any()
    return chosen
