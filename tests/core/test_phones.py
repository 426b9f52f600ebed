"""Phone numbers: the short way reads what the library reads, and nothing else."""

import phonenumbers
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from frontdesk.core import phone_plans, phones

COUNTRIES = sorted(phonenumbers.SUPPORTED_REGIONS)
COMMON = ["RO", "FR", "GB", "US", "MD", "DE", "IT", "ES", "BE", "CH", "CA", "HU", "BR", "MX", "AR"]
countries = st.sampled_from(COMMON) | st.sampled_from(COUNTRIES) | st.sampled_from(["", "XX", "ro", "001"])
codes = st.sampled_from(sorted(phonenumbers.COUNTRY_CODE_TO_REGION_CODE))
separators = st.sampled_from(["", " ", "-", ".", " (", ") ", "/"])
starts = st.sampled_from(["", "0", "00", "+", "1", "8", "06", "011", "7", "+0"])


def by_library(text, country):
    try:
        return phones.parse_any(text, country)
    except phones.BadPhone:
        return None


def same(text, country):
    short = phone_plans.read(text, country)
    if short is not None:
        assert phones.Phone(*short) == by_library(text, country), (text, country)


@st.composite
def examples_of_kinds(draw):
    """A valid number of a random country and kind, written as people write, from home or abroad."""
    region = draw(st.sampled_from(COMMON) | st.sampled_from(COUNTRIES))
    kind = draw(st.sampled_from(range(11)))
    number = phonenumbers.example_number_for_type(region, kind) or phonenumbers.example_number(region)
    number.national_number += draw(st.integers(0, 999))
    style = draw(st.sampled_from([0, 1, 2]))
    return phonenumbers.format_number(number, style), draw(st.sampled_from([region, "RO", ""]))


@settings(max_examples=3000, deadline=None)
@given(examples_of_kinds())
def test_numbers_of_every_country_and_kind_are_read_as_by_the_library(case):
    same(*case)


@settings(max_examples=3000, deadline=None)
@given(starts, codes | st.just(""), st.text("0123456789", min_size=3, max_size=14), separators, countries)
@example("", "", "0745112908", " ", "RO")
def test_digits_of_any_kind_are_read_as_by_the_library(start, code, digits, separator, country):
    same(f"{start}{code}{separator}{digits}", country)


@settings(max_examples=1000, deadline=None)
@given(st.text("0123456789+()-./ x#;, ext٣３", min_size=1, max_size=24), countries)
def test_odd_text_is_read_as_by_the_library(text, country):
    same(text, country)


@pytest.mark.parametrize(
    ("text", "country", "e164", "mobile"),
    [
        ("0745 112 908", "RO", "+40745112908", True),
        ("+40 745 112 908", "", "+40745112908", True),
        ("06 12 34 56 78", "FR", "+33612345678", True),
        ("021 312 34 56", "RO", "+40213123456", False),
        ("07400 123456", "GB", "+447400123456", True),
    ],
)
def test_common_numbers_take_the_short_way(text, country, e164, mobile):
    assert phone_plans.read(text, country) == (e164, mobile)
    assert phones.parse(text, country) == phones.Phone(e164, mobile)
