"""The eight colours to choose from: each is a class `hue-N` whose tints are legible in light and dark."""

from frontdesk.core.text import gettext_lazy as _lazy

HUES = [
    (1, _lazy("Red")), (2, _lazy("Orange")), (3, _lazy("Yellow")), (4, _lazy("Green")), (5, _lazy("Turquoise")),
    (6, _lazy("Blue")), (7, _lazy("Violet")), (8, _lazy("Pink")),
]  # fmt: skip
KNOWN = frozenset(number for number, _name in HUES)
