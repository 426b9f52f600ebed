"""What a message says as plain text, for lists and search (M1)."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.messaging import formatting


def by_removing_tags(source: str) -> str:
    return " ".join(html.unescape(formatting._untagged(source)).split())


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("Half past four", "Half past four"), ("a < b & c > d", "a < b & c > d"), ("&amp;lt; &nbsp;x",) * 2,
        ("two\nlines", "two lines"), ("**bold** `code`", "bold code"), ("- one\n- two", "one two"), ("", ""),
    ],
)  # fmt: skip
def test_plain_text_is_what_one_reads(body, said):
    made = formatting.write(body)
    assert formatting.plain(made.html) == by_removing_tags(made.html)
    assert made.text == formatting.plain(made.html) and html.unescape(made.text) == html.unescape(said)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_a_bare_paragraph_says_the_same_as_by_removing_tags(body):
    for made in (formatting.write(body), formatting.write_plain(body)):
        assert formatting.plain(made.html) == by_removing_tags(made.html)
