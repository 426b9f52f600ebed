"""M4: mails of all kinds are understood: charsets, encoded words, addresses, attachments, old programs' ways."""

import base64
import quopri

import pytest

from .mails import multipart, part, raw_mail, understood

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture
def mail(tmp_path):
    """A function from raw bytes to the mail as it is understood."""
    return lambda raw, trusted="": understood(tmp_path, raw, trusted)


@pytest.mark.parametrize(
    ("charset", "codec", "text"),
    [
        ("utf-8", "utf-8", "Mulțumesc, ne vedem mâine la prânz"),
        ("iso-8859-1", "cp1252", "“Café” à 10 €"),
        ("iso-8859-2", "iso-8859-2", "Mulţumesc, bună ziua"),
        ("windows-1252", "utf-8", "déjà vu"),
        ("unknown-8bit", "cp1252", "été"),
        ("utf-16", "utf-16", "zwei Bytes"),
        ("iso-2022-jp", "iso-2022-jp", "こんにちは"),
        ("gb2312", "gb18030", "你好"),
        ("", "utf-8", "fără nume"),
    ],
)
def test_text_is_read_in_the_charset_that_it_is_in(mail, charset, codec, text):
    kind = f"Content-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: base64\r\n".encode()
    assert mail(raw_mail(base64.b64encode(text.encode(codec)), kind)).text == text


@pytest.mark.parametrize(
    ("raw", "subject"),
    [
        (b"=?utf-8?B?UHJvZ3JhbWFyZSDFn2kgcGxhdMSD?=", "Programare şi plată"),
        (b"=?utf-8?q?caf=C3?= =?utf-8?q?=A9?=", "café"),
        (b"=?iso-8859-1?Q?=E9t=E9?= =?utf-8?Q?_ok?=", "été ok"),
        (b"Bun\xc4\x83 ziua", "Bună ziua"),
        (b"=?utf-8?q?one=0D=0ABcc=3A_all=40x.example?=", "one Bcc: all@x.example"),
        (b"=?nonsense?q?abc?=", "abc"),
        (b"=?utf-8?b?!!!?=", "=?utf-8?b?!!!?="),
        (b"a\r\n b", "a b"),
    ],
)
def test_subjects_are_one_clean_line(mail, raw, subject):
    assert mail(raw_mail(head=b"From: a@x.example\r\nSubject: " + raw + b"\r\n")).subject == subject


@pytest.mark.parametrize(
    ("raw", "sender", "name"),
    [
        (b"Ana <Ana@X.Example>", "ana@x.example", "Ana"),
        (b'"Pop, Ana" <ana@x.example>', "ana@x.example", "Pop, Ana"),
        (b"ana@x.example (Ana)", "ana@x.example", ""),
        (b"=?utf-8?q?boss=40bank=2Eexample=2C?= <evil@x.example>", "evil@x.example", "boss@bank.example,"),
        (b'"boss@bank.example" <evil@x.example>', "evil@x.example", "boss@bank.example"),
        (b"=?utf-8?b?8J+mhA==?= <u@x.example>", "u@x.example", "🦄"),
        (b"\xe2\x80\xaeevil <e@x.example>", "e@x.example", "evil"),
    ],
)
def test_a_sender_is_the_address_in_angles(mail, raw, sender, name):
    found = mail(raw_mail(head=b"From: " + raw + b"\r\nSubject: x\r\n"))
    assert (found.sender, found.sender_name) == (sender, name)


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"nobody", b"<>", b"<a@b@c.example>", b"a@x.example <b@y.example> <c@z.example>", b"alice@x.example)bob@y.example",  # noqa: E501
        b"<boss@bank.example>evil@x.example", b"=?utf-8?q?evil=40x.example?=", b"a b@x.example",
    ],
)  # fmt: skip
def test_tricks_with_addresses_have_no_sender(mail, raw):
    assert mail(raw_mail(head=b"From: " + raw + b"\r\nSubject: x\r\n")).refused == "no_sender"


def test_of_two_texts_that_say_the_same_one_is_shown(mail):
    found = mail(multipart(part(b"plain"), part(b"<p>styled</p>", b"text/html"), kind=b"alternative"))
    assert (found.text, found.html, found.files) == ("plain", "<p>styled</p>", [])


def test_html_alone_reads_as_text(mail):
    body = b"<style>p{}</style><h1>Offer</h1><p>First&nbsp;line<br>second</p><ul><li>a</li><li>b</li></ul>"
    found = mail(raw_mail(body, b"Content-Type: text/html; charset=utf-8\r\n"))
    assert found.text == "Offer\n\nFirst line\nsecond\n\n- a\n- b"


def test_files_have_their_names_and_contents(mail, tmp_path):
    names = (
        (b'attachment; filename="plan.pdf"', "plan.pdf"), (b"attachment; filename*=utf-8''fi%C8%99a.pdf", "fișa.pdf"),
        (b'attachment; filename="=?utf-8?q?fi=C8=99a?=.pdf"', "fișa.pdf"), (b'attachment; filename="../../etc/passwd"', "passwd"),  # noqa: E501
        (b'attachment; filename="C:\\\\a\\\\b.doc"', "b.doc"), (b"attachment", "document.pdf"),
    )  # fmt: skip
    pieces = [part(b"%PDF", b"application/pdf", b"Content-Disposition: " + said + b"\r\n") for said, _name in names]
    found = mail(multipart(part(b"see"), *pieces))
    assert [file.name for file in found.files] == [name for _said, name in names]
    assert [(tmp_path / str(file.number)).read_bytes() for file in found.files] == [b"%PDF"] * len(names)


def test_pictures_in_the_text_are_in_the_document_and_remote_ones_wait(mail):
    html = b'<p>Logo <img src="cid:logo@x" alt="Logo"> <img src="https://track.example/p.gif"></p>'
    picture = part(
        base64.b64encode(PIXEL), b"image/png; name=logo.png",
        b"Content-Transfer-Encoding: base64\r\nContent-ID: <logo@x>\r\nContent-Disposition: inline\r\n",
    )  # fmt: skip
    found = mail(multipart(part(html, b"text/html"), picture, kind=b"related"))
    assert 'src="data:image/png;base64,' in found.html
    assert 'data-remote="https://track.example/p.gif"' in found.html and 'src="https' not in found.html
    assert [(file.name, file.inline) for file in found.files] == [("logo.png", True)]


def test_a_mail_in_a_mail_a_calendar_and_winmail_are_files(mail):
    inner = raw_mail(b"inner text")
    found = mail(
        multipart(
            part(b"outer"), part(inner, b"message/rfc822"), part(b"BEGIN:VCALENDAR", b"text/calendar; method=REQUEST"),
            part(base64.b64encode(b"\x78\x9f\x3e\x22"), b"application/ms-tnef", b"Content-Transfer-Encoding: base64\r\n"),  # noqa: E501
        )
    )  # fmt: skip
    assert [file.name for file in found.files] == ["Hello.eml", "invitation.ics", "winmail.dat"]
    assert found.text == "outer"


def test_uuencoded_files_leave_the_text(mail, tmp_path):
    found = mail(raw_mail(b"look\r\nbegin 644 notes.txt\r\n%:&5L;&\\\r\n`\r\nend\r\nbye\r\n"))
    assert found.text == "look\n\nbye" and found.files[0].name == "notes.txt"
    assert (tmp_path / "0").read_bytes() == b"hello"


def test_flowed_lines_are_whole_again(mail):
    kind = b"Content-Type: text/plain; format=flowed\r\n"
    assert mail(raw_mail(b"one \r\ntwo\r\nthree", kind)).text == "one two\nthree"


def test_quoted_printable(mail):
    kind = b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n"
    assert mail(raw_mail(quopri.encodestring("fără = semne".encode()), kind)).text == "fără = semne"


def test_ids_and_recipients_are_found(mail):
    extra = (
        b"In-Reply-To: <a@x>\r\nReferences: <c@x> <b@x>\r\n <a@x>\r\nDelivered-To: inbox+t@folio.example\r\n"
        b"Cc: Bob <bob@y.example>\r\nDate: Mon, 3 Feb 2025 10:00:00 +0200\r\n"
    )
    found = mail(raw_mail(extra=extra))
    assert (found.message_id, found.answers) == ("m1@x.example", ["a@x", "b@x", "c@x"])
    assert found.recipients == ["inbox+t@folio.example", "office@folio.example", "bob@y.example"]
    assert found.sent_at == 1738569600


def test_two_copies_of_one_mail_are_known_as_such(mail):
    first = mail(b"Received: from a by b\r\n" + raw_mail())
    assert first.fingerprint == mail(b"Delivered-To: other@x.example\r\n" + raw_mail()).fingerprint
    assert first.fingerprint != mail(raw_mail(b"another")).fingerprint
