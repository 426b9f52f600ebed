"""M4: only the receiving server's own findings vouch for a sender; whatever the sender wrote about itself does not."""

import pytest

from .mails import raw_mail, understood

TRUSTED = "mx.folio.example"
FROM = b"From: Maria <maria@ionescu.example>\r\nSubject: x\r\n"


def result(said: str, server: str = TRUSTED) -> bytes:
    return f"Authentication-Results: {server}; {said}\r\n".encode()


@pytest.mark.parametrize(
    ("said", "by"),
    [
        ("dmarc=pass header.from=ionescu.example", "dmarc"),
        ("spf=fail smtp.mailfrom=x.example;\r\n dkim=pass header.d=ionescu.example", "dkim"),
        ("dkim=pass (2048 bit; pass) header.i=@ionescu.example header.s=k", "dkim"),
        ("spf=pass smtp.mailfrom=bounce@ionescu.example", "spf"),
        ("spf=pass smtp.mailfrom=ionescu.example; dmarc=pass (p=none) header.from=ionescu.example", "dmarc"),
        ("dmarc=fail header.from=ionescu.example", ""),
        ("dmarc=pass header.from=evil.example", ""),
        ("dkim=pass header.d=evil.example", ""),
        ("dkim=pass header.d=mail.ionescu.example", ""),
        ("dkim=pass header.d=example", ""),
        ("spf=pass smtp.helo=ionescu.example", ""),
        ("dkim=none (dmarc=pass header.from=ionescu.example)", ""),
        ('dkim=fail reason="x; dmarc=pass header.from=ionescu.example"', ""),
        ("none", ""),
    ],
)
def test_what_the_server_found(tmp_path, said, by):
    assert understood(tmp_path, raw_mail(head=result(said) + FROM), TRUSTED).vouched == by


PASS = "dmarc=pass header.from=ionescu.example"


@pytest.mark.parametrize(
    "head",
    [
        result(PASS, "mx.evil.example") + FROM,
        result("dmarc=fail", TRUSTED) + b"Received: from evil by mx\r\n" + result(PASS) + FROM,
        result("none", "other.example") + result(PASS) + FROM,
        FROM,
        result(PASS) + FROM + b"From: other@evil.example\r\n",
        result(PASS) + b"From: maria@ionescu.example, other@evil.example\r\n",
        result(PASS, "mx.folio.example.evil.example") + FROM,
    ],
)
def test_what_a_forger_writes_vouches_for_nobody(tmp_path, head):
    assert understood(tmp_path, raw_mail(head=head), TRUSTED).vouched == ""


def test_without_a_trusted_server_nothing_is(tmp_path):
    assert understood(tmp_path, raw_mail(head=result(PASS) + FROM)).vouched == ""
    assert understood(tmp_path, raw_mail(head=result(PASS, "") + FROM), "").vouched == ""


def test_several_headers_of_the_server_count_above_its_receipt(tmp_path):
    """Each checking program of a server writes its own; below the receipt the second may be the sender's."""
    several = result("dkim=pass header.d=x.example") + result(PASS)
    for head, by in ((several + b"Received: by mx\r\n", "dmarc"), (b"Received: by mx\r\n" + several, "")):
        assert understood(tmp_path, raw_mail(head=head + FROM), TRUSTED).vouched == by


@pytest.mark.parametrize("above", ["dmarc=fail header.from=ionescu.example", "dmarc=none header.from=ionescu.example"])
@pytest.mark.parametrize("receipt", [b"", b"Received: from evil by mx.folio.example\r\n"])
def test_a_second_finding_does_not_replace_the_first(tmp_path, receipt, above):
    head = receipt + result(above) + result(PASS) + FROM
    assert understood(tmp_path, raw_mail(head=head), TRUSTED).vouched == ""


def test_a_failed_dmarc_outweighs_everything_else(tmp_path):
    head = result("dkim=pass header.d=ionescu.example; dmarc=fail header.from=ionescu.example") + FROM
    mail = understood(tmp_path, raw_mail(head=head), TRUSTED)
    assert mail.vouched == "" and mail.disowned
    assert not understood(tmp_path, raw_mail(head=head), "other.example").disowned


@pytest.mark.parametrize(
    "said",
    [
        'spf=fail smtp.mailfrom="a\\"; dmarc=pass header.from=ionescu.example; x=\\""@evil.example',
        "spf=fail (sender wrote \\) dmarc=pass; dmarc=pass header.from=ionescu.example",
        "spf=fail (a (nested) ; dmarc=pass header.from=ionescu.example",
        'dkim=fail header.b="; dmarc=pass header.from=ionescu.example',
    ],
)
def test_what_a_sender_smuggles_into_the_servers_header_says_nothing(tmp_path, said):
    assert understood(tmp_path, raw_mail(head=result(said) + FROM), TRUSTED).vouched == ""
