"""M4: the parts of a text message are counted as carriers count them (3GPP TS 23.038 and 23.040)."""

import pytest

from frontdesk.channels import actions, queries
from frontdesk.channels.sms.segments import measure
from frontdesk.core.errors import Invalid


@pytest.mark.parametrize(
    ("text", "encoding", "segments", "left"),
    [
        ("", "GSM-7", 0, 160),
        ("a", "GSM-7", 1, 159),
        ("a" * 160, "GSM-7", 1, 0),
        ("a" * 161, "GSM-7", 2, 145),
        ("a" * 306, "GSM-7", 2, 0),
        ("a" * 307, "GSM-7", 3, 152),
        ("€" * 80, "GSM-7", 1, 0),
        ("€" * 81, "GSM-7", 2, 143),
        ("a" * 152 + "€" + "a" * 7, "GSM-7", 2, 144),
        ("[]{}\\~|^", "GSM-7", 1, 144),
        ("éèùìòÇØøÅåÆæßÉäöñüàÄÖÑÜ§¿¡", "GSM-7", 1, 134),
        ("ê", "UCS-2", 1, 69),
        ("ț" * 70, "UCS-2", 1, 0),
        ("ț" * 71, "UCS-2", 2, 63),
        ("😀" * 35, "UCS-2", 1, 0),
        ("😀" * 36, "UCS-2", 2, 61),
        ("ț" * 66 + "😀" + "ț" * 10, "UCS-2", 2, 55),
        ("Line\nbreak", "GSM-7", 1, 150),
        ("“", "UCS-2", 1, 69),
        ("\t", "UCS-2", 1, 69),
    ],
)
def test_parts(text, encoding, segments, left):
    found = measure(text)
    assert (found.encoding, found.segments, found.left) == (encoding, segments, left)


def test_what_is_too_long_is_refused_before_it_is_queued(within, sms, letter):
    actions.configure(within.ana, sms, {"most_segments": 2})
    assert queries.measure("sms", "ț" * 200).most == 2
    with pytest.raises(Invalid) as refused:
        actions.queue(within.sam, letter("ț" * 135))
    assert "3 parts" in refused.value.errors["text"][0]
    assert actions.queue(within.sam, letter("ț" * 134)).state == "queued"
