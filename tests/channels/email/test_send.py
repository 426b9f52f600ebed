"""M4: e-mails leave by a server of the business's own: TLS, sign-in, names in any script, no forged headers."""

import time

import pytest

from frontdesk.channels import actions, schedule, sending
from frontdesk.channels.email import replies, smtp
from frontdesk.channels.email.composing import unsubscribing
from frontdesk.channels.models import ChannelSettings, Dispatch, State
from frontdesk.core.ids import uuid7

from .servers import USER, Grumpy, Smtp, after_data, certificate, drip, garbage, hang, hang_up


def sent(cast, letter) -> Dispatch:
    """The dispatch of a letter after one turn of the worker."""
    row = actions.queue(cast.sam, letter)
    sending.run("email")
    row.refresh_from_db()
    return row


def test_an_email_leaves_with_text_and_html(within, server, by_smtp, mail_to):
    one = server()
    by_smtp(one)
    row = sent(within, mail_to("Hello <b>\nsecond line", html="", purpose="transactional"))
    assert row.state == State.SENT
    mail = one.mails[0]
    assert mail["From"] == f"Folio Repairs <{USER}>" and mail["To"] == "Maria Ionescu <maria@ionescu.example>"
    assert mail["Message-ID"] == f"<{row.pk.hex}@folio.example>"
    assert mail.get_body(("plain",)).get_content().strip() == "Hello <b>\nsecond line"
    assert "Hello &lt;b&gt;<br>" in mail.get_body(("html",)).get_content()
    assert "List-Unsubscribe" not in mail


def test_what_is_not_transactional_says_how_to_end_it(within, server, by_smtp, mail_to):
    """C15: the link by which one unsubscribes is in the text, in the HTML and in the header."""
    one = server()
    by_smtp(one)
    sent(within, mail_to("Hello", html=""))
    mail = one.mails[0]
    link = mail["List-Unsubscribe"].strip(" <>")
    assert "/unsubscribe/" in link and mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail.get_body(("plain",)).get_content().strip() == f"Hello\n\nUnsubscribe from these messages: {link}"
    assert f'href="{link}"' in mail.get_body(("html",)).get_content()


@pytest.mark.parametrize("implicit", [True, False])
def test_tls_and_sign_in(within, server, by_smtp, mail_to, pem, implicit):
    one = server(Smtp, pem, implicit=implicit, sign_in=True)
    by_smtp(one, "tls" if implicit else "starttls", sign_in=True)
    assert sent(within, mail_to()).state == State.SENT and len(one.mails) == 1


def test_a_wrong_password_stops_the_channel_and_loses_nothing(within, server, by_smtp, mail_to, pem):
    one = server(Smtp, pem, sign_in=True)
    by_smtp(one, "starttls", sign_in=True, password="wrong")
    row = sent(within, mail_to())
    assert (row.state, row.reason, one.mails) == (State.QUEUED, "credentials", [])
    assert ChannelSettings.objects.get(channel="email").problem == "credentials"
    by_smtp(one, "starttls", sign_in=True)
    Dispatch.objects.update(next_at=row.queued_at)
    sending.run("email")
    assert len(one.mails) == 1


def test_a_certificate_of_another_host_is_not_trusted(within, server, by_smtp, mail_to, tmp_path, monkeypatch):
    other = certificate(tmp_path, "other.example")
    monkeypatch.setenv("SSL_CERT_FILE", str(other[0]))
    one = server(Smtp, other, implicit=True)
    by_smtp(one, "tls")
    row = sent(within, mail_to())
    assert (row.reason, one.mails) == ("certificate", [])


def test_no_password_goes_to_a_server_without_tls_where_tls_is_wanted(within, server, by_smtp, mail_to):
    one = server()
    by_smtp(one, "starttls", sign_in=True)
    assert sent(within, mail_to()).reason == "no_tls"


@pytest.mark.parametrize(
    ("stage", "said", "state", "reason"),
    [
        ("rcpt", "550 5.1.1 no such user", State.FAILED, "address"),
        ("rcpt", "550 nobody", State.FAILED, "address"),
        ("rcpt", "552 5.2.2 over quota", State.FAILED, "full"),
        ("rcpt", "550 5.7.1 blocked", State.FAILED, "spam"),
        ("rcpt", "550 5.1.2 bad domain", State.FAILED, "nowhere"),
        ("rcpt", "451 4.7.1 greylisted", State.QUEUED, "greylist"),
        ("rcpt", "452 4.2.2 full", State.QUEUED, "full"),
        ("rcpt", "421 4.3.2 going down", State.QUEUED, "busy"),
        ("rcpt", "554 5.7.1 relay access denied", State.QUEUED, "credentials"),
        ("mail", "550 5.7.1 not your address", State.QUEUED, "sender"),
        ("mail", "451 later", State.QUEUED, "busy"),
        ("data", "554 5.7.1 spam", State.FAILED, "spam"),
        ("data", "552 5.3.4 too big", State.FAILED, "large"),
        ("data", "451 4.3.0 later", State.QUEUED, "greylist"),
        ("data", "554 5.6.0 malformed", State.FAILED, "content"),
    ],
)
def test_what_servers_answer(within, server, by_smtp, mail_to, stage, said, state, reason):
    one = server()
    one.post.answers[stage].append(said)
    by_smtp(one)
    row = sent(within, mail_to())
    assert (row.state, row.reason) == (state, reason)
    assert said.split()[-1] in row.detail and not row.uncertain


@pytest.mark.parametrize(
    ("behave", "reason"), [(hang, "unreachable"), (garbage, "garbage"), (drip, "unreachable"), (hang_up, "unreachable")]
)
def test_servers_that_misbehave_cost_little_time_and_no_mail(
    within, server, by_smtp, mail_to, monkeypatch, behave, reason
):
    monkeypatch.setattr(smtp, "REPLY_SECONDS", 1)
    monkeypatch.setattr(smtp, "SECONDS", 2)
    one = server(Grumpy, behave)
    by_smtp(one)
    row = sent(within, mail_to())
    assert row.state == State.QUEUED and row.reason in (reason, "unreachable", "garbage") and not row.uncertain


def test_a_server_that_breaks_down_after_the_mail_leaves_it_uncertain(within, server, by_smtp, mail_to):
    by_smtp(server(Grumpy, after_data))
    row = sent(within, mail_to())
    assert row.state == State.QUEUED and row.uncertain
    one = server()
    by_smtp(one)
    Dispatch.objects.update(next_at=row.queued_at)
    sending.run("email")
    assert one.mails[0]["Message-ID"] == f"<{row.pk.hex}@folio.example>", "the same once more"


def test_nobody_is_there(within, server, by_smtp, mail_to):
    one = server()
    by_smtp(one)
    one.controller.stop()
    assert sent(within, mail_to()).reason == "unreachable"


def until_all_are_sent(seconds: float) -> bool:
    """Let the worker take its turns, as long as it takes."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and Dispatch.objects.exclude(state=State.SENT).exists():
        sending.run("email")
        time.sleep(0.02)
    return not Dispatch.objects.exclude(state=State.SENT).exists()


def test_a_server_that_is_down_for_an_hour_gets_each_mail_once(within, server, by_smtp, mail_to, monkeypatch):
    monkeypatch.setattr(schedule, "PACE", 1 / 1800)
    one = server()
    by_smtp(one)
    one.controller.stop()
    rows = [actions.queue(within.sam, mail_to(f"mail {number}")) for number in range(5)]
    assert not until_all_are_sent(2), "an hour of it"
    assert not Dispatch.objects.filter(state=State.FAILED).exists()
    again = server(Smtp, port=one.port)
    again.post.answers["rcpt"] += ["451 4.7.1 greylisted", "421 4.3.2 busy"]
    again.post.answers["data"] += ["451 4.3.0 later"]
    assert until_all_are_sent(20), "by itself"
    assert sorted(mail["Message-ID"] for mail in again.mails) == sorted(f"<{row.pk.hex}@folio.example>" for row in rows)


def test_private_networks_are_not_reached(within, server, by_smtp, mail_to, settings):
    settings.WEBHOOKS_LOCAL = False
    one = server()
    by_smtp(one)
    assert sent(within, mail_to()).reason == "private" and one.mails == []


@pytest.mark.parametrize(
    "name",
    ["Ștefan „Fane” Țurcanu", "مريم العربي", "🦄 Unicorn, Inc.", 'a" <evil@x.example>', "x\r\nBcc: evil@x.example"],
)
def test_any_name_is_one_name(within, server, by_smtp, mail_to, name):
    one = server()
    by_smtp(one, sender_name=name)
    sent(within, mail_to(name=name, subject=name, to="maria@ionescu.example"))
    mail = one.mails[0]
    assert [a.addr_spec for a in mail["To"].addresses] == ["maria@ionescu.example"]
    assert [a.addr_spec for a in mail["From"].addresses] == [USER]
    assert mail["Bcc"] is None and mail["To"].addresses[0].display_name == " ".join(name.split())
    assert mail["Subject"] == " ".join(name.split())


def test_headers_cannot_be_smuggled_in(within, server, by_smtp, mail_to):
    one = server()
    by_smtp(one)
    headers = {"In-Reply-To": "<a@x>\r\nBcc: <evil@x.example>", "Bcc": "evil@x.example", "From": "evil@x.example",
               "References": "<a@x>\n <b@x>", "X-Evil": "1"}  # fmt: skip
    sent(within, mail_to(headers=headers))
    mail = one.mails[0]
    assert mail["Bcc"] is None and mail["X-Evil"] is None and mail["References"] == "<a@x> <b@x>"
    assert len(mail.get_all("From")) == 1


def test_what_is_not_transactional_can_be_unsubscribed_from(within, server, by_smtp, mail_to):
    one = server()
    by_smtp(one)
    headers = unsubscribing(within.maria, "service", "maria@ionescu.example") | {"Content-Language": "en"}
    sent(within, mail_to(headers=headers))
    mail = one.mails[0]
    href = mail["List-Unsubscribe"].strip(" <>")
    assert "/unsubscribe/" in href and mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert href in mail.get_body(("plain",)).get_content().replace("=\n", "")
    assert unsubscribing(within.maria, "transactional", "maria@ionescu.example") == {}


def test_answers_go_to_an_address_of_the_conversation(within, server, by_smtp, mail_to):
    one = server()
    thread = uuid7()
    by_smtp(one, receiving="imap", imap_host="imap.example.com", imap_user="x", reply_style="plus",
            reply_address="inbox@folio.example")  # fmt: skip
    sent(within, mail_to(thread=thread))
    address = one.mails[0]["Reply-To"].addresses[0].addr_spec
    assert address.startswith("inbox+") and len(address.partition("@")[0]) <= 64
    found = replies.read([address.upper()], within.account.pk, "MARIA@ionescu.example")
    assert (found.conversation, found.by_same) == (thread, True)


def test_the_installations_mail_serves_where_nothing_else_is_set_up(within, mail_to, mailoutbox):
    row = sent(within, mail_to())
    assert row.state == State.SENT and mailoutbox[0].from_email.startswith("Folio Repairs <")


def test_without_any_mail_server_messages_are_kept(within, mail_to, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    row = actions.queue(within.sam, mail_to())
    assert row.state == State.KEPT
