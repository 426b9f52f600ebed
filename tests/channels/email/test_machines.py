"""M4: what machines send is told from what people write: answers, lists, reports of mails that did not arrive."""

import pytest

from .mails import multipart, part, raw_mail, understood

OURS = "0192f5c2a3b47cde8f0123456789abcd@folio.example"


@pytest.mark.parametrize(
    ("extra", "kind"),
    [
        (b"Auto-Submitted: auto-replied\r\n", "answer"), (b"Auto-Submitted: auto-generated; x=1\r\n", "answer"),
        (b"Auto-Submitted: no\r\n", ""), (b"X-Autoreply: yes\r\n", "answer"), (b"Precedence: bulk\r\n", "bulk"),
        (b"List-Id: <news.shop.example>\r\n", "list"), (b"Return-Path: <>\r\n", "report"), (b"X-Loop: a@b\r\n", "loop"),
        (b"X-Auto-Response-Suppress: All\r\n", ""), (b"X-Auto-Response-Suppress: DR, OOF, AutoReply\r\n", "answer"),
        (b"Return-Path: <maria@ionescu.example>\r\n", ""),
    ],
)  # fmt: skip
def test_machines_are_known_by_their_headers(tmp_path, extra, kind):
    assert understood(tmp_path, raw_mail(extra=extra)).automatic == kind


@pytest.mark.parametrize(
    ("sender", "subject", "kind"),
    [
        ("noreply@shop.example", "Your order", "no-reply"), ("no-reply@shop.example", "x", "no-reply"),
        ("MAILER-DAEMON@x.example", "x", "no-reply"), ("noreen@shop.example", "x", ""),
        ("m@x.example", "Automatic reply: Visit", "answer"), ("m@x.example", "Réponse automatique : Visite", "answer"),
        ("m@x.example", "=?utf-8?q?R=C4=83spuns_automat=3A_Vizita?=", "answer"), ("m@x.example", "Re: automatic gate", ""),  # noqa: E501
    ],
)  # fmt: skip
def test_machines_are_known_by_their_names(tmp_path, sender, subject, kind):
    raw = raw_mail(head=f"From: {sender}\r\nSubject: {subject}\r\n".encode())
    assert understood(tmp_path, raw).automatic == kind


def report(action: str = "failed", status: str = "5.1.1", said: str = "smtp; 550 5.1.1 No such user") -> bytes:
    status_part = (
        "Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; Maria@Ionescu.example\r\n"
        f"Action: {action}\r\nStatus: {status}\r\nDiagnostic-Code: {said}\r\n"
    )
    return multipart(
        part(b"It did not arrive."), part(status_part.encode(), b"message/delivery-status"),
        part(f"Message-ID: <{OURS}>\r\nSubject: x\r\n\r\nHi".encode(), b"message/rfc822"),
        kind=b"report; report-type=delivery-status", head=b"From: MAILER-DAEMON@x.example\r\nSubject: Undeliverable\r\n",  # noqa: E501
    )  # fmt: skip


def test_a_report_says_who_did_not_get_what_and_why(tmp_path):
    found = understood(tmp_path, report()).failure
    assert (found.ids, found.to, found.status, found.final) == ([OURS], "maria@ionescu.example", "5.1.1", True)
    assert found.said == "550 5.1.1 No such user"


def test_a_delay_is_no_failure(tmp_path):
    assert not understood(tmp_path, report("delayed", "4.4.1")).failure.final
    assert understood(tmp_path, report("delivered", "2.0.0")).failure is None


@pytest.mark.parametrize(
    "text",
    [
        f"Hi. This is the qmail-send program.\n<maria@ionescu.example>:\n550 5.1.1 unknown user\n\nMessage-ID: <{OURS}>\n",  # noqa: E501
        f"A message could not be delivered.\n  550 5.1.1 <maria@ionescu.example>: unknown\n\nMessage-Id: <{OURS}>\n",
    ],
)
def test_plain_reports_name_the_mail_in_their_text(tmp_path, text):
    head = b"From: Mail Delivery <mailer-daemon@x.example>\r\nSubject: failure notice\r\nX-Failed-Recipients: maria@ionescu.example\r\n"  # noqa: E501
    found = understood(tmp_path, raw_mail(text.encode(), head=head)).failure
    assert (found.ids, found.to, found.status, found.final) == ([OURS], "maria@ionescu.example", "5.1.1", True)


def test_a_person_who_speaks_of_failures_reports_none(tmp_path):
    head = b"From: maria@ionescu.example\r\nSubject: Undeliverable parcel\r\n"
    assert understood(tmp_path, raw_mail(f"Message-ID: <{OURS}>".encode(), head=head)).failure is None
