"""Folding and cleaning: the short ways give what the long ones give."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.core import fold

letters = st.text(st.characters(min_codepoint=1, max_codepoint=0x2000)) | st.text("aŞşȚÉé ÆœıİßŉǆĲﬁ̈\t\xa0", max_size=12)


def long_fold(text):
    return " ".join(fold._strip_accents(text).split())


@given(letters)
def test_folding_is_the_same_by_the_short_way(text):
    assert fold.fold(text) == long_fold(text)


@given(letters)
def test_cleaning_leaves_nothing_invisible_and_is_stable(text):
    cleaned = fold.clean(text)
    assert fold.clean(cleaned) == cleaned == " ".join(cleaned.split())
    assert not [c for c in cleaned if unicodedata.category(c) in ("Cc", "Cs")]
    assert unicodedata.is_normalized("NFC", cleaned) and not set(cleaned) & set("\u202a\u202e\u2066\u2069\ufeff")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("\u202e", ""), ("\u200f \u200b", ""), ("a\u202eb", "ab"), ("\u05d0\u200f1", "\u05d0\u200f1"),
     ("\U0001f469\u200d\U0001f467", "\U0001f469\u200d\U0001f467")],
)  # fmt: skip
def test_what_does_not_show_is_nothing_and_nothing_turns_the_text(typed, kept):
    assert fold.clean(typed) == kept


@pytest.mark.parametrize("work", [fold.fold, fold.clean, fold.clean_block])
def test_heaps_of_accents_take_no_time(work):
    began = time.process_time()
    assert len(work("a" + "\u0301\u0323" * 100_000)) <= 31
    assert time.process_time() - began < 2
