"""The common ways of writing a phone number, read without the full machinery of the library.

`read` knows plain digits with the usual separators in the numbering plan of one country. It answers only where
the library would answer the same, and None wherever the library has to look closer: extensions, other
scripts, carrier codes, countries behind the first of a shared calling code.
"""

import functools
import re
from dataclasses import dataclass

from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata

_SEPARATORS = str.maketrans("", "", " ().-/")
_TYPED = re.compile(r"\+?\(?[0-9][0-9 ().\-/]{3,24}", re.ASCII)
_SPECIAL = ("premium_rate", "toll_free", "shared_cost", "voip", "personal_number", "pager", "uan", "voicemail")
_LONGEST_CODE = 3
_LONGEST_NUMBER = 17


@dataclass(frozen=True)
class Description:
    """What national numbers of one kind look like: their lengths and the pattern of the whole."""

    lengths: frozenset[int]
    pattern: re.Pattern

    def matches(self, digits: str) -> bool:
        """Whether a national number is of this kind."""
        return (not self.lengths or len(digits) in self.lengths) and self.pattern.fullmatch(digits) is not None


def _described(description) -> Description | None:
    if description is None or not description.national_number_pattern:
        return None
    lengths = frozenset(description.possible_length or ()) - {-1}
    return Description(lengths, re.compile(description.national_number_pattern))


def _by_length(kinds: list[Description]) -> dict[int, re.Pattern]:
    """For each length one pattern of all the kinds that may have it."""
    patterns: dict[int, list[str]] = {}
    for kind in kinds:
        for length in kind.lengths or range(1, _LONGEST_NUMBER + 1):
            patterns.setdefault(length, []).append(f"(?:{kind.pattern.pattern})")
    return {length: re.compile("|".join(found)) for length, found in patterns.items()}


class Plan:
    """How numbers are made in the country that comes first under a calling code."""

    def __init__(self, region: str):
        data = PhoneMetadata.metadata_for_region(region)
        self.code = str(data.country_code)
        self.lengths = frozenset(data.general_desc.possible_length)
        self.general = _described(data.general_desc)
        self.special = _by_length([made for name in _SPECIAL if (made := _described(getattr(data, name)))])
        self.fixed, self.mobile = _described(data.fixed_line), _described(data.mobile)
        self.same = data.same_mobile_and_fixed_line_pattern
        self.prefix = data.national_prefix
        self.strips = re.compile(data.national_prefix_for_parsing) if data.national_prefix_for_parsing else None
        self.abroad = re.compile(data.international_prefix) if data.international_prefix else None
        self.plain = data.leading_digits is None and data.national_prefix_transform_rule is None

    def mobile_of(self, national: str) -> bool | None:
        """Whether a national number may receive SMS; None when it is of no known kind."""
        if not (self.general and self.general.matches(national)):
            return None
        special = self.special.get(len(national))
        if special and special.fullmatch(national):
            return False
        if self.fixed and self.fixed.matches(national):
            return self.same or bool(self.mobile and self.mobile.matches(national))
        if not self.same and self.mobile and self.mobile.matches(national):
            return True
        return None

    def national(self, digits: str) -> str | None:
        """The national number in digits typed at home, without its prefix; None when that is open to doubt."""
        if self.abroad and self.abroad.match(digits) or digits.startswith(self.code):
            return None
        stripped = self.strips.match(digits) if self.strips else None
        if stripped is None:
            return digits
        # Groups name a carrier; a number that is whole with its prefix may have none.
        if self.strips.groups or stripped.group() != self.prefix or self.general.pattern.fullmatch(digits):
            return None
        return digits[stripped.end() :]

    def significant(self, national: str) -> bool:
        """Whether the digits can be taken as they are: nothing to strip, no leading zero, a possible length."""
        stripped = self.strips and self.strips.match(national)
        return not stripped and national[:1] != "0" and len(national) in self.lengths


@functools.cache
def _plan(code: int) -> Plan | None:
    regions = COUNTRY_CODE_TO_REGION_CODE.get(code, ())
    if not regions or regions[0] == "001":
        return None
    made = Plan(regions[0])
    return made if made.plain and made.general else None


@functools.cache
def _plan_at_home(country: str) -> Plan | None:
    data = PhoneMetadata.metadata_for_region(country, None) if country.isascii() else None
    if data is None or data.country_code is None or COUNTRY_CODE_TO_REGION_CODE[data.country_code][0] != country:
        return None
    return _plan(data.country_code)


def _abroad(digits: str) -> tuple[Plan | None, str]:
    for length in range(1, _LONGEST_CODE + 1):
        if int(digits[:length]) in COUNTRY_CODE_TO_REGION_CODE:
            return _plan(int(digits[:length])), digits[length:]
    return None, ""


def read(text: str, country: str) -> tuple[str, bool] | None:
    """(E.164, whether it may receive SMS) of a number in a common form; None to ask the library."""
    if not _TYPED.fullmatch(text):
        return None
    digits = text.translate(_SEPARATORS)
    if digits[0] == "+":
        if digits[1] == "0":
            return None
        plan, national = _abroad(digits[1:])
    else:
        plan = _plan_at_home(country)
        national = plan.national(digits) or "" if plan else ""
    if plan is None or not national or not plan.significant(national):
        return None
    mobile = plan.mobile_of(national)
    return None if mobile is None else (f"+{plan.code}{national}", mobile)
