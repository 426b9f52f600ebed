"""Phone numbers by the rules of their country (Google's libphonenumber data)."""

import functools
from dataclasses import dataclass

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from . import phone_plans

_MOBILE = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}


class BadPhone(ValueError):
    """The text is not a phone number that could be called."""


@dataclass(frozen=True)
class Phone:
    """`e164` is the international form without spaces; `mobile` whether it may receive SMS."""

    e164: str
    mobile: bool


def parse(text: str, country: str = "") -> Phone:
    """A number as typed; `country` (ISO 3166 two letters) is where one without prefix belongs. Raises BadPhone."""
    # A tenth of the library's time; a file of clients holds 100,000 different numbers.
    known = phone_plans.read(text, country)
    return Phone(*known) if known else parse_any(text, country)


@functools.lru_cache(maxsize=4096)
def parse_any(text: str, country: str = "") -> Phone:
    """As `parse`, by the library alone, which reads every form of writing."""
    try:
        number = phonenumbers.parse(text, country or None)
    except phonenumbers.NumberParseException as error:
        raise BadPhone(text) from error
    if not phonenumbers.is_possible_number(number):
        raise BadPhone(text)
    kind = phonenumbers.number_type(number)
    return Phone(phonenumbers.format_number(number, PhoneNumberFormat.E164), kind in _MOBILE)


@functools.lru_cache(maxsize=4096)
def display(e164: str, country: str = "") -> str:
    """The number as people of `country` write it: national for their own, international for others."""
    try:
        number = phonenumbers.parse(e164)
    except phonenumbers.NumberParseException:
        return e164
    own = country and phonenumbers.region_code_for_number(number) == country
    style = PhoneNumberFormat.NATIONAL if own else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, style)


def digits(text: str) -> str:
    """Only the digits, as numbers are searched."""
    return "".join(filter(str.isdigit, text))
