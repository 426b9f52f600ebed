"""C15: the link in an e-mail; a GET only asks, RFC 8058 posts without a cookie, and nobody guesses a link."""

import email
import socketserver
import threading
from email import policy

import pytest
from django.test import Client as Browser
from django.urls import reverse

from frontdesk.accounts.mails import Mail, send, speaking
from frontdesk.accounts.models import Account
from frontdesk.clients import actions as clients
from frontdesk.clients.merging import actions as merging
from frontdesk.clients.models import Client, Contact, ContactPoint, SubscriptionEvent
from frontdesk.clients.subscriptions import actions, links
from frontdesk.clients.subscriptions.rule import TRANSACTIONAL, may_message
from frontdesk.core.tenancy.context import account_context

NEWS = ("email", "marketing")
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def consenting(cast):
    """Maria, who agreed to news by e-mail."""
    with account_context(cast.account):
        ContactPoint.objects.filter(contact__client_id=cast.maria.pk).update(consent=True)
    return cast


def link_of(cast, client=None, purpose="marketing", to="maria@example.com") -> str:
    """The path of a link."""
    with account_context(cast.account):
        address = links.address_of(client or cast.maria, "email", purpose, to)
    return "/" + address.split("/", 3)[3]


def allowed(cast, kind=NEWS, client=None) -> bool:
    with account_context(cast.account):
        return may_message(client or cast.maria, *kind).allowed


def stranger() -> Browser:
    """Somebody who is not signed in, on a server that insists on the tokens of forms."""
    return Browser(enforce_csrf_checks=True)


def test_opening_it_asks_and_changes_nothing(consenting):
    for method in ("get", "head"):
        answer = getattr(stranger(), method)(link_of(consenting))
        assert answer.status_code == 200
    page = stranger().get(link_of(consenting))
    said = page.content.decode()
    assert "Unsubscribe?" in said and "Folio Repairs will send you no more news and offers by e-mail." in said
    assert allowed(consenting)
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow" and page.headers["Cache-Control"] == "no-store"


def test_it_names_nobody_but_the_business(consenting):
    said = stranger().get(link_of(consenting)).content.decode()
    for secret in ("Maria", "Ionescu", "maria@example.com", str(consenting.maria.pk)):
        assert secret not in said


def test_one_click_of_a_mail_program_needs_no_cookie(consenting):
    answer = stranger().post(link_of(consenting), ONE_CLICK)
    assert (answer.status_code, allowed(consenting)) == (200, False)
    with account_context(consenting.account):
        event = SubscriptionEvent.objects.get(client_id=consenting.maria.pk)
        assert (event.source, event.address, event.member) == ("link", "maria@example.com", None)
        assert may_message(consenting.maria, "email", "service").allowed
    assert stranger().post(link_of(consenting), ONE_CLICK).status_code == 200
    with account_context(consenting.account):
        assert SubscriptionEvent.objects.filter(client_id=consenting.maria.pk).count() == 1


def test_the_page_unsubscribes_and_subscribes_again(consenting):
    address = link_of(consenting)
    assert stranger().post(address, {"do": "stop"}).status_code == 302
    assert "You are unsubscribed" in stranger().get(address).content.decode()
    assert not allowed(consenting)
    stranger().post(address, {"do": "again"})
    assert allowed(consenting)
    stranger().post(address, {"do": "all"})
    assert not allowed(consenting) and not allowed(consenting, ("email", "service"))
    assert allowed(consenting, ("sms", "service"))


def test_the_page_speaks_the_clients_language_and_not_the_browsers(consenting):
    with account_context(consenting.account):
        Client.objects.filter(pk=consenting.maria.pk).update(language="ro")
    said = stranger().get(link_of(consenting), headers={"accept-language": "fr"}).content.decode()
    assert '<html lang="ro"' in said


def test_a_wrong_signature_is_a_kind_page(consenting):
    good = link_of(consenting)
    token = good.rstrip("/").rpartition("/")[2]
    spoilt = [
        token[:-1] + ("A" if token[-1] != "A" else "B"),
        token[:20],
        "x",
        "ă" * 80,
        token.swapcase(),
        token + "AAAA",
    ]
    for wrong in spoilt:
        for answer in (
            stranger().get(reverse("subscriptions:link", args=[wrong])),
            stranger().post(reverse("subscriptions:link", args=[wrong]), ONE_CLICK),
        ):
            assert (answer.status_code, "This link does not work" in answer.content.decode()) == (404, True)
            assert "Folio" not in answer.content.decode()
    assert allowed(consenting)


def test_every_bit_of_a_link_is_signed(within):
    token = links.address_of(within.maria, "email", "marketing", "maria@example.com").rstrip("/").rpartition("/")[2]
    for place in range(0, len(token), 3):
        other = "A" if token[place] != "A" else "B"
        assert links.read(token[:place] + other + token[place + 1 :]) is None
    assert links.read(token).client_id == within.maria.pk


def test_another_key_ends_all_links_unless_it_is_a_former_one(within, settings):
    token = links.address_of(within.maria, "email", "marketing", "maria@example.com").rstrip("/").rpartition("/")[2]
    former, settings.SECRET_KEY = settings.SECRET_KEY, "another key entirely"
    assert links.read(token) is None
    settings.SECRET_KEY_FALLBACKS = [former]
    found = links.read(token)
    assert links.sent_to(found, within.maria) == "maria@example.com"


def test_guessing_is_limited(consenting):
    browser = stranger()
    answers = [browser.get(reverse("subscriptions:link", args=[f"guess{n}"])).status_code for n in range(62)]
    assert (answers[0], answers[-1]) == (404, 429)
    assert browser.post(link_of(consenting), ONE_CLICK).status_code == 200, "who has a true link is not kept out"


def test_toggling_is_limited(consenting):
    browser, address = stranger(), link_of(consenting)
    answers = [browser.post(address, {"do": ("stop", "again")[n % 2]}).status_code for n in range(62)]
    assert (answers[0], answers[-1]) == (302, 429)


def test_it_still_works_when_the_contact_was_changed_and_the_client_merged(consenting):
    address = link_of(consenting, consenting.ioana, to="ioana@example.com")
    with account_context(consenting.account):
        clients.set_tags(consenting.sam, consenting.ioana, ["VIP"])
        contact = Contact.objects.get(client=consenting.ioana, is_primary=True)
        ContactPoint.objects.filter(contact=contact, kind="email").delete()
        ContactPoint.objects.create(
            account=consenting.account, contact=contact, kind="email", value="ioana@example.com",
            normal="ioana@example.com",
        )  # fmt: skip
        merging.merge(consenting.sam, consenting.maria, consenting.ioana)
    assert stranger().post(address, ONE_CLICK).status_code == 200
    assert not allowed(consenting)
    with account_context(consenting.account):
        assert SubscriptionEvent.objects.latest("id").address == "ioana@example.com"


def test_a_client_who_is_gone_is_answered_as_a_wrong_link(consenting):
    address = link_of(consenting, consenting.victor)
    wrong = stranger().get(reverse("subscriptions:link", args=["nothing"]))
    with account_context(consenting.account):
        Client.objects.filter(pk=consenting.victor.pk).delete()
    gone = stranger().get(address)
    assert (gone.status_code, b"This link does not work" in gone.content) == (404, True)
    assert wrong.status_code == 404


def test_transactional_mail_bears_no_link(within):
    assert links.address_of(within.maria, "email", TRANSACTIONAL, "maria@example.com") == ""
    with pytest.raises(ValueError):
        links.address_of(within.maria, "email", "spam", "maria@example.com")


def test_an_inactive_client_can_still_unsubscribe(consenting):
    with account_context(consenting.account):
        Client.objects.filter(pk=consenting.maria.pk).update(status="inactive")
    assert stranger().post(link_of(consenting), ONE_CLICK).status_code == 200
    assert not allowed(consenting)


class Post(socketserver.StreamRequestHandler):
    """A mail server that takes everything."""

    def handle(self):
        """Speak as much SMTP as a sender needs."""
        self.say("220 here")
        while line := self.rfile.readline():
            word = line.split()[0].upper() if line.split() else b""
            if word == b"DATA":
                self.say("354 go on")
                self.server.taken.append(self._message())
            self.say("221 bye" if word == b"QUIT" else "250 fine")
            if word == b"QUIT":
                return

    def _message(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        return b"".join(lines)

    def say(self, text: str) -> None:
        """Answer a line."""
        self.wfile.write(text.encode() + b"\r\n")


@pytest.fixture
def post_office(settings):
    """A mail server on the loopback, and what it took."""
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Post)
    server.taken = []
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = ""
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.taken
    server.shutdown()
    server.server_close()


def _sent(within, purpose: str) -> None:
    href = links.address_of(within.maria, "email", purpose, "maria@example.com")
    with speaking(within.account, "en"):
        send(Mail("maria@example.com", "Hello", "Hello", ["News."], unsubscribe_href=href), within.account.name)


def test_a_mail_bears_the_link_and_the_headers_of_one_click(within, post_office):
    _sent(within, "marketing")
    got = email.message_from_bytes(post_office[0], policy=policy.default)
    address = str(got["List-Unsubscribe"]).strip()
    assert address.startswith("<http") and address.endswith(">")
    assert got["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    for part in ("plain", "html"):
        assert address[1:-1] in got.get_body((part,)).get_content()
    path = "/" + address[1:-1].split("/", 3)[3]
    assert stranger().post(path, ONE_CLICK).status_code == 200
    assert not may_message(within.maria, *NEWS).allowed


def test_a_transactional_mail_bears_none(within, post_office):
    _sent(within, TRANSACTIONAL)
    got = email.message_from_bytes(post_office[0], policy=policy.default)
    assert got["List-Unsubscribe"] is None and got["List-Unsubscribe-Post"] is None
    assert "nsubscribe" not in got.get_body(("html",)).get_content()


def test_links_of_two_accounts_are_apart(cast):
    with account_context(cast.other.account):
        zoe = cast.other.clients["zoe"]
        address = "/" + links.address_of(zoe, "email", "service").split("/", 3)[3]
    said = stranger().get(address).content.decode()
    assert "Other Studio" in said and "Folio" not in said
    stranger().post(address, ONE_CLICK)
    with account_context(cast.other.account):
        assert not may_message(zoe, "email", "service").allowed
    assert allowed(cast, ("email", "service"))
    assert Account.objects.count() == 2


def test_what_the_office_did_cannot_be_told_by_the_link(consenting):
    with account_context(consenting.account):
        actions.unsubscribe(consenting.sam, consenting.maria, (NEWS,))
    assert "Sam" not in stranger().get(link_of(consenting)).content.decode()
