"""How many parts a text message has: GSM-7 with its extension table, else UCS-2 (3GPP TS 23.038, 23.040)."""

from ..models import ChannelSettings
from ..registry import Measure

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = frozenset("\f^{}\\[~]|€")
GSM, UCS = "GSM-7", "UCS-2"
# Units in a message that is alone, and in each of several: those carry a header of six bytes.
SINGLE, PART = {GSM: 160, UCS: 70}, {GSM: 153, UCS: 67}
DEFAULT_MOST = 6


def units_of(text: str) -> tuple[str, list[int]]:
    """The encoding, and how many units each character takes, none of which is torn apart between two messages."""
    if all(sign in BASIC or sign in EXTENDED for sign in text):
        return GSM, [2 if sign in EXTENDED else 1 for sign in text]
    return UCS, [2 if ord(sign) > 0xFFFF else 1 for sign in text]


def _parts(units: list[int], size: int) -> tuple[int, int]:
    """How many parts there are, and how many units are left in the last one."""
    parts, used = 1, 0
    for unit in units:
        if used + unit > size:
            parts, used = parts + 1, 0
        used += unit
    return parts, size - used


def measure(text: str, most: int = DEFAULT_MOST) -> Measure:
    """The characters, parts and encoding of a text."""
    encoding, units = units_of(text)
    total = sum(units)
    if total <= SINGLE[encoding]:
        return Measure(len(text), 1 if text else 0, encoding, SINGLE[encoding] - total, most)
    parts, left = _parts(units, PART[encoding])
    return Measure(len(text), parts, encoding, left, most)


def measured(text: str, settings: ChannelSettings | None) -> Measure:
    """The same with the account's own limit."""
    return measure(text, (settings.config if settings else {}).get("most_segments", DEFAULT_MOST))
