"""M4: e-mails that arrive: whose they are, who wrote them, what they answer; each once, forged ones nobody else's."""

import pytest

from frontdesk.channels import actions, sending
from frontdesk.channels.actions.arrivals import arrived
from frontdesk.channels.arriving import take
from frontdesk.channels.email import replies
from frontdesk.channels.models import Arrival, Dispatch, ReceivedMail, State
from frontdesk.channels.registry import Receipt, receivers
from frontdesk.core.ids import uuid7
from frontdesk.files import blobs

from .mails import multipart, part, raw_mail
from .test_machines import report

TRUSTED = "mx.folio.example"
MARIA = "maria@ionescu.example"


@pytest.fixture
def received():
    """What the receivers were given."""
    found = []

    def receive(account, incoming):
        found.append((incoming, [(file.name, file.path.read_bytes()) for file in incoming.files]))
        return Receipt()

    receivers.register("planted", receive)
    yield found
    del receivers._items["planted"]


@pytest.fixture
def come(within, received):
    """A function that takes a raw mail in; the arrival and what the receivers got of it."""
    numbers = iter(range(1000))

    def take_in(raw: bytes):
        received.clear()
        row = arrived(within.account, "email", f"test:{next(numbers)}", raw=raw)
        take(row.pk)
        row.refresh_from_db()
        return row, (received[0][0] if received else None)

    return take_in


@pytest.fixture
def box(configure):
    """The channel with a mailbox, reply addresses and a trusted server."""
    return configure(receiving="imap", imap_host="imap.example.com", imap_user="x", reply_style="plus",
                     reply_address="inbox@folio.example", trusted=TRUSTED)  # fmt: skip


def mail(sender=MARIA, to="office@folio.example", extra="", body="Good day", vouched=False):
    """A raw mail."""
    domain = sender.rpartition("@")[2]
    passed = f"Authentication-Results: {TRUSTED}; dmarc=pass header.from={domain}\r\n" if vouched else ""
    head = f"{passed}From: Somebody <{sender}>\r\nTo: {to}\r\nSubject: Hello\r\n"
    return raw_mail(body.encode(), extra.encode(), head.encode())


def test_a_mail_reaches_the_receivers_once(box, come, received, settings, tmp_path):
    # A folder of its own: other test processes have mails on their way too.
    settings.DATA_DIR = tmp_path
    row, incoming = come(multipart(part(b"see"), part(b"%PDF", b"application/pdf; name=a.pdf")))
    assert row.state == Arrival.State.DONE and incoming.text == "see"
    assert received[0][1] == [("a.pdf", b"%PDF")] and not incoming.files[0].path.exists()
    take(row.pk)
    assert len(received) == 1
    assert not list(blobs.scratch().glob("mail-*")), "nothing is left behind"


def test_an_address_of_a_conversation_leads_there_and_knows_its_owner(within, box, come):
    thread = uuid7()
    address = replies.address(box.config, within.account.pk, thread, MARIA)
    incoming = come(mail(to=address.upper()))[1]
    assert (incoming.conversation, incoming.verified) == (thread, True)
    other = come(mail("ioana@x.example", to=address))[1]
    assert (other.conversation, other.verified) == (thread, False), "sent from another address"


def test_an_address_of_a_conversation_proves_nothing_against_the_server(within, box, come):
    thread = uuid7()
    address = replies.address(box.config, within.account.pk, thread, MARIA)
    failed = f"Authentication-Results: {TRUSTED}; dmarc=fail header.from={MARIA.partition('@')[2]}\r\n"
    incoming = come(mail(to=address, extra=failed))[1]
    assert (incoming.conversation, incoming.verified) == (thread, False)


def test_look_alikes_and_addresses_of_others_lead_nowhere(within, box, come):
    thread = uuid7()
    address = replies.address(box.config, within.account.pk, thread, MARIA)
    foreign = replies.address(box.config, within.other.account.pk, thread, MARIA)
    local = address.partition("@")[0]
    alike = [
        foreign, address[:-20] + ("a" if address[-20] != "a" else "b") + address[-19:], local[:-1] + "@folio.example",
        local.replace("inbox+", "inbox+a") + "@folio.example", "inbox+@folio.example",
        "inbox+" + "a" * 45 + "@folio.example",
        replies.token(within.account.pk, uuid7(), MARIA)[:26] + local[-19:] + "@folio.example",
    ]  # fmt: skip
    for number, one in enumerate(alike):
        incoming = come(mail(to=one, body=f"mail {number}"))[1]
        assert (incoming.conversation, incoming.verified) == (None, False), one


def test_only_the_receiving_server_vouches(box, come):
    assert come(mail(vouched=True))[1].verified
    assert not come(mail(body="forged"))[1].verified
    forged = mail(extra=f"Authentication-Results: {TRUSTED}; dmarc=pass header.from=evil.example\r\n", body="x")
    assert not come(forged)[1].verified


@pytest.fixture
def dispatch(within, mail_to, mailoutbox):
    """A mail to Maria that has left, of a conversation."""
    row = actions.queue(within.sam, mail_to(thread=uuid7()))
    sending.run("email")
    row.refresh_from_db()
    return row


def test_an_answer_to_a_mail_of_ours_finds_its_conversation(box, come, dispatch):
    extra = f"In-Reply-To: <{dispatch.pk.hex}@folio.example>\r\n"
    incoming = come(mail(extra=extra))[1]
    assert incoming.conversation == dispatch.thread
    assert not incoming.verified
    incoming = come(mail(extra=f"References: <{dispatch.pk.hex}@folio.example> <x@y>\r\n", body="b", vouched=True))[1]
    assert incoming.conversation == dispatch.thread and incoming.verified


def test_somebody_else_who_knows_the_number_gets_no_conversation(box, come, dispatch):
    extra = f"In-Reply-To: <{dispatch.pk.hex}@folio.example>\r\n"
    incoming = come(mail("evil@x.example", extra=extra, vouched=True))[1]
    assert incoming.conversation is None


def test_a_bounce_marks_the_message_as_failed(box, come, dispatch, received):
    from . import test_machines

    row, incoming = come(report().replace(test_machines.OURS.encode(), f"{dispatch.pk.hex}@folio.example".encode()))
    dispatch.refresh_from_db()
    assert (dispatch.state, dispatch.reason) == (State.FAILED, "address") and "No such user" in dispatch.detail
    assert row.state == Arrival.State.DONE and incoming is None


def test_a_bounce_of_a_mail_of_others_changes_nothing(box, come, dispatch):
    row, incoming = come(report())
    assert (row.state, row.reason, incoming) == (Arrival.State.REFUSED, "report", None)
    dispatch.refresh_from_db()
    assert dispatch.state == State.SENT


def test_a_second_copy_is_refused(box, come):
    come(mail())
    row, incoming = come(b"Delivered-To: inbox@folio.example\r\n" + mail())
    assert (row.reason, incoming) == ("duplicate", None)


def test_our_own_mail_that_comes_back_is_a_loop(box, come, dispatch):
    extra = f"Message-ID: <{dispatch.pk.hex}@folio.example>\r\n"
    assert come(mail(extra=extra))[0].reason == "loop"


def test_machines_that_answer_each_other_are_stopped(box, come):
    rows = [come(mail(extra="Auto-Submitted: auto-replied\r\n", body=str(number)))[0] for number in range(25)]
    assert [row.reason for row in rows] == [""] * 20 + ["loop"] * 5
    assert come(mail(body="by hand"))[1].automatic is False


@pytest.mark.parametrize(("raw", "reason"), [(b"", "not_a_mail"), (b"Subject: x\r\n\r\nhi", "no_sender")])
def test_what_is_no_mail_is_refused_with_a_reason(box, come, raw, reason):
    row, incoming = come(raw)
    assert (row.state, row.reason, incoming) == (Arrival.State.REFUSED, reason, None)


def test_the_look_of_a_mail_is_a_document_that_runs_nothing(within, box, come, browser_of):
    html = b'<p onclick="x()">Hi</p><script>alert(1)</script><img src="https://t.example/p.gif">'
    row, _incoming = come(raw_mail(html, b"Content-Type: text/html\r\n"))
    address = f"/channels/mails/{row.pk}/"
    answer = browser_of(within.sam).get(address)
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox") and "script-src" not in policy and "default-src 'none'" in policy
    assert "https:" not in policy and answer.headers["X-Content-Type-Options"] == "nosniff"
    text = answer.content.decode()
    assert "<script" not in text and "onclick" not in text and 'src="https' not in text and "images=1" in text
    shown = browser_of(within.sam).get(address + "?images=1")
    assert 'src="https://t.example/p.gif"' in shown.content.decode()
    assert "img-src data: https: http:" in shown.headers["Content-Security-Policy"]


def test_only_who_sees_the_client_sees_its_mail(within, box, come, browser_of):
    row, _incoming = come(mail())
    address = f"/channels/mails/{row.pk}/"
    assert browser_of(within.cora).get(address).status_code == 404, "nobody's yet"
    Arrival.objects.update(client=within.maria)
    assert browser_of(within.cora).get(address).status_code == 200
    assert browser_of(within.cole).get(address).status_code == 404
    assert browser_of(within.mia).get(address).status_code == 403
    assert browser_of(within.other.olga).get(address).status_code == 404


def test_states_are_kept(box, come):
    come(mail(vouched=True))
    found = ReceivedMail.objects.get()
    assert (found.sender, found.verified, found.automatic) == (MARIA, True, "")
    assert Dispatch.objects.count() == 0
