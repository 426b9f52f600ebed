"""M4: a mailbox is read over IMAP from a real server: nothing lost, nothing twice, whatever the server does."""

import time

import pytest
from django.utils import timezone

from frontdesk.channels.email import imap, mailboxes
from frontdesk.channels.models import Arrival, ChannelSettings, Mailbox
from frontdesk.core.jobs.models import QueuedJob

from .dovecot import PASSWORD, PROGRAM, Dovecot
from .mails import raw_mail
from .servers import Grumpy, certificate, drip, garbage, hang, hang_up

needs_dovecot = pytest.mark.skipif(not PROGRAM.exists(), reason="no Dovecot here: apt-get install dovecot-imapd")
pytestmark = [pytest.mark.faults]


@pytest.fixture(scope="module")
def dovecot(tmp_path_factory):
    """A server that speaks plainly and by TLS."""
    folder = tmp_path_factory.mktemp("dovecot")
    pem = certificate(folder)
    made = Dovecot(folder / "home", pem)
    made.pem = pem
    yield made
    made.stop()


@pytest.fixture
def box(dovecot, configure, request, within):
    """A function that sets up the mailbox of this test; its user's name."""
    user = request.node.name.replace("[", "-").strip("]")[-40:]

    def apply(**more):
        config = {"receiving": "imap", "imap_host": "127.0.0.1", "imap_port": dovecot.port, "imap_security": "none",
                  "imap_user": user}  # fmt: skip
        configure({"imap_password": more.pop("password", PASSWORD)}, **config | more)
        mailboxes.look_around()
        return user

    return apply


def mails(*numbers) -> list[bytes]:
    """Mails with numbers."""
    return [raw_mail(f"mail {number}".encode(), f"X-Number: {number}\r\n".encode()) for number in numbers]


def read() -> Mailbox:
    """Read until there is nothing more."""
    mailboxes.read()
    return Mailbox.objects.get()


def count() -> int:
    """How many mails were taken in."""
    return Arrival.objects.filter(channel="email").count()


@needs_dovecot
def test_new_mails_are_taken_in_once_and_old_ones_are_left(dovecot, box):
    user = box()
    dovecot.put(user, *mails("old"))
    read()
    dovecot.put(user, *mails(1, 2, 3))
    read()
    assert count() == 3 and read().failures == 0 and count() == 3
    assert [("\\Seen" in flags) for flags in dovecot.flags(user)] == [False, True, True, True]
    assert QueuedJob.objects.filter(name="channels.receive").count() == 3


@needs_dovecot
@pytest.mark.parametrize(("after", "seen", "left"), [("keep", [False], 1), ("seen", [True], 1), ("move", [], 0)])
def test_what_was_read_is_marked_moved_or_left(dovecot, box, after, seen, left):
    user = box(imap_after=after, imap_moved_to="Done")
    dovecot.box(user).create("Done")
    read()
    dovecot.put(user, *mails(1))
    read()
    assert [("\\Seen" in flags) for flags in dovecot.flags(user)] == seen
    assert len(dovecot.flags(user, "Done")) == 1 - left and read().problem == ""


@needs_dovecot
def test_a_folder_that_is_not_there_to_move_to_stops_nothing(dovecot, box):
    user = box(imap_after="move", imap_moved_to="Nowhere")
    read()
    dovecot.put(user, *mails(1, 2))
    assert read().failures == 0 and count() == 2


@needs_dovecot
def test_a_server_that_numbers_anew_has_nothing_read_twice(dovecot, box):
    user = box()
    read()
    dovecot.put(user, *mails(1, 2))
    former = read().validity
    time.sleep(1.1)
    dovecot.renumber(user)
    dovecot.put(user, *mails(3))
    found = read()
    assert found.validity != former and count() == 3
    dovecot.put(user, *mails(4))
    read()
    assert count() == 4


@needs_dovecot
def test_a_worker_that_dies_in_between_takes_none_twice(dovecot, box):
    user = box()
    read()
    dovecot.put(user, *mails(1, 2))
    read()
    Mailbox.objects.update(uid=0)
    read()
    assert count() == 2


@needs_dovecot
def test_a_full_mailbox_is_read_in_turns(dovecot, box, monkeypatch):
    monkeypatch.setattr(mailboxes, "BATCH", 40)
    user = box()
    read()
    dovecot.put(user, *mails(*range(100)))
    began = time.monotonic()
    assert [mailboxes.read() for _turn in range(3)] == [40, 40, 20]
    print(f"{100 / (time.monotonic() - began):.0f} mails a second")
    assert count() == 100


@needs_dovecot
def test_a_mail_of_many_megabytes_comes_whole_and_a_larger_one_is_noted(dovecot, box, monkeypatch):
    user = box()
    read()
    large = raw_mail(b"x" * 70 + b"\r\n" + b"line of text\r\n" * 250_000)
    dovecot.put(user, large)
    read()
    assert Arrival.objects.get().size == len(large)
    monkeypatch.setattr(mailboxes, "LARGEST", 1000)
    dovecot.put(user, large + b"more")
    read()
    assert Arrival.objects.get(raw="").payload["size"] == len(large) + 4


@needs_dovecot
@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_tls(dovecot, box, monkeypatch, security):
    monkeypatch.setenv("SSL_CERT_FILE", str(dovecot.pem[0]))
    port = dovecot.tls_port if security == "tls" else dovecot.port
    user = box(imap_security=security, imap_port=port, imap_host="localhost")
    read()
    dovecot.put(user, *mails(1))
    assert read().problem == "" and count() == 1
    monkeypatch.delenv("SSL_CERT_FILE")
    assert read().problem == "certificate"


@needs_dovecot
def test_wrong_passwords_and_folders_are_said(dovecot, box):
    box(password="wrong")
    assert read().problem == "credentials"
    box(imap_folder="Elsewhere")
    found = read()
    assert found.problem == "folder" and found.failures == 2


@needs_dovecot
def test_a_server_that_is_down_for_an_hour_loses_nothing(dovecot, box, monkeypatch):
    monkeypatch.setattr(mailboxes, "PACE", 1 / 3600)
    user = box()
    read()
    dovecot.put(user, *mails(1, 2, 3))
    dovecot.stop()
    until = time.monotonic() + 1.5
    while time.monotonic() < until:
        mailboxes.look_around()
        mailboxes.read()
    assert Mailbox.objects.get().problem == "unreachable" and count() == 0
    dovecot.start()
    read()
    assert count() == 3 and Mailbox.objects.get().failures == 0


@needs_dovecot
def test_what_comes_while_the_channel_is_off_is_read_once_it_is_on(dovecot, box, within):
    user = box()
    read()
    dovecot.put(user, *mails(1))
    read()
    ChannelSettings.objects.update(enabled=False)
    Mailbox.objects.update(next_at=timezone.now())
    assert mailboxes.look_around() == 1 and mailboxes.read() == 0 and mailboxes.look_around() == 0
    dovecot.put(user, *mails(2, 3))
    assert mailboxes.read() == 0 and count() == 1
    ChannelSettings.objects.update(enabled=True)
    read()
    assert count() == 3


@pytest.mark.parametrize("behave", [hang, garbage, drip, hang_up])
def test_servers_that_misbehave_are_left_alone_soon(server, configure, monkeypatch, within, behave):
    monkeypatch.setattr(imap, "REPLY_SECONDS", 1)
    monkeypatch.setattr(imap, "SECONDS", 2)
    one = server(Grumpy, behave)
    configure({"imap_password": "x"}, receiving="imap", imap_host="127.0.0.1", imap_port=one.port,
              imap_security="none", imap_user="x")  # fmt: skip
    mailboxes.look_around()
    began = time.monotonic()
    found = read()
    assert time.monotonic() - began < 8 and found.problem in ("unreachable", "garbage") and found.failures == 1


def test_a_server_that_announces_too_much_is_not_believed(server, configure, within):
    def endless(connection):
        connection.sendall(b"* OK hi\r\n")
        reader = connection.makefile("rb")
        for line in reader:
            tag = line.split()[0]
            if b"FETCH" in line:
                connection.sendall(b"* 1 FETCH (UID 5 RFC822.SIZE 100 BODY[]<0> {99999999999}\r\n")
                while True:
                    connection.sendall(b"x" * 65536)
            said = {
                b"SELECT": b"* OK [UIDVALIDITY 1] x\r\n* OK [UIDNEXT 3] x\r\n* 1 EXISTS\r\n",
                b"UID": b"* SEARCH 5\r\n",
            }
            connection.sendall(next((text for word, text in said.items() if word in line), b"") + tag + b" OK done\r\n")

    one = server(Grumpy, endless)
    configure({"imap_password": "x"}, receiving="imap", imap_host="127.0.0.1", imap_port=one.port,
              imap_security="none", imap_user="x", imap_after="keep")  # fmt: skip
    mailboxes.look_around()
    read()
    began = time.monotonic()
    assert read().problem in ("unreachable", "garbage") and time.monotonic() - began < 10


def test_private_networks_are_not_reached(server, configure, within, settings):
    one = server(Grumpy, hang)
    configure({"imap_password": "x"}, receiving="imap", imap_host="127.0.0.1", imap_port=one.port, imap_user="x")
    settings.WEBHOOKS_LOCAL = False
    mailboxes.look_around()
    assert read().problem == "private" and one.count == 0


def test_a_mailbox_is_forgotten_when_nobody_wants_it_read(configure, within):
    configure({"imap_password": "x"}, receiving="imap", imap_host="127.0.0.1", imap_user="x")
    mailboxes.look_around()
    configure(receiving="none")
    mailboxes.read()
    assert not Mailbox.objects.exists() and mailboxes.look_around() == 0
