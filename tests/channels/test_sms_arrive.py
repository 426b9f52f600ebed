"""M4, C15: text messages arrive signed, with pictures; STOP, START and HELP are done and answered, in any language."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from frontdesk.accounts.models import Account
from frontdesk.channels import arriving, sending
from frontdesk.channels.models import Arrival, ChannelSettings, Dispatch
from frontdesk.channels.registry import Receipt, receivers
from frontdesk.channels.sms import words
from frontdesk.channels.sms.segments import measured
from frontdesk.clients.models import Client
from frontdesk.clients.subscriptions.rule import may_message
from frontdesk.core.jobs import worker

from .provider import NUMBER, REFUSE, SID

MARIA = "+40745112908"
PICTURE = b"\xff\xd8\xff\xe0 planted picture"


@pytest.fixture
def inbox():
    """What receivers were given, with the contents of the files."""
    got = []

    def take(account, incoming):
        got.append(
            (incoming, [(file.name, file.content_type, Path(file.path).read_bytes()) for file in incoming.files])
        )
        return Receipt()

    receivers.register("planted", take)
    yield got
    del receivers._items["planted"]


@pytest.fixture
def text(call):
    """A function by which somebody sends a text message; the answer."""
    numbers = iter(range(1000))

    def send(body, sender=MARIA, sid="", media=(), **given):
        fields = {"MessageSid": sid or f"SM{next(numbers)}", "From": sender, "To": NUMBER, "Body": body}
        fields["NumMedia"] = str(len(media))
        for number, (url, kind) in enumerate(media):
            fields |= {f"MediaUrl{number}": url, f"MediaContentType{number}": kind}
        return call("inbound", fields, **given)

    return send


def media(provider, name="ME1", kind="image/jpeg", content=PICTURE):
    """A picture at the provider; (address, type)."""
    path = f"/2010-04-01/Accounts/{SID}/Messages/MM1/Media/{name}"
    provider.media[path] = (kind, content)
    return provider.url + path, kind


def may_write():
    return may_message(Client.objects.get(name="Maria Ionescu"), "sms", "service").allowed


def test_a_message_arrives(within, text, inbox):
    answer = text("Is it ready?")
    assert answer.status_code == 200 and answer.content.endswith(b"<Response/>") and not inbox
    worker.run_due()
    ((incoming, files),) = inbox
    assert (incoming.sender, incoming.text, incoming.verified, files) == (MARIA, "Is it ready?", True, [])
    assert (incoming.channel, incoming.conversation, incoming.automatic) == ("sms", None, False)


def test_twice_is_once_and_recorded_ones_are_refused(within, text, inbox):
    assert text("Hello", sid="SM1").status_code == text("Hello", sid="SM1").status_code == 200
    worker.run_due()
    assert len(inbox) == 1
    Arrival.objects.update(received_at=timezone.now() - timedelta(minutes=16))
    assert text("Hello", sid="SM1").status_code == 403
    worker.run_due()
    assert len(inbox) == 1


@pytest.mark.parametrize("given", [{"token": ""}, {"token": "wrong"}, {"headers": {}}])
def test_unsigned_is_refused_and_not_kept(within, text, given):
    assert text("Hello", **given).status_code == 403 and not Arrival.objects.exists()


def test_a_number_of_nobody_is_taken_in_too(within, text, inbox):
    text("Who are you?", sender="+40721000999")
    worker.run_due()
    assert inbox[0][0].sender == "+40721000999" and not Dispatch.objects.exists()


def test_pictures_come_with_it(within, text, inbox, provider):
    text("Look", media=[media(provider), media(provider, "ME2", "application/pdf", b"%PDF-1.4 planted")])
    worker.run_due()
    assert inbox[0][1] == [
        ("file-1.jpg", "image/jpeg", PICTURE), ("file-2.pdf", "application/pdf", b"%PDF-1.4 planted")
    ]  # fmt: skip
    assert not [path for file in inbox[0][0].files if (path := Path(file.path)).exists()]


def test_a_picture_of_another_server_is_not_fetched_and_no_password_goes_there(within, text, inbox, provider):
    text("Look", media=[("http://127.0.0.1:9/secret", "image/jpeg"), ("https://10.0.0.1/", "image/png"), ("", "")])
    worker.run_due()
    assert inbox[0][1] == [] and inbox[0][0].text == "Look\n(2 files could not be fetched.)"
    assert not [path for method, path in provider.requests if method == "GET"]


def test_a_redirect_is_followed_without_the_password(within, text, inbox, provider):
    from .provider import Provider

    store, asked = Provider(), []

    def give(handler):
        asked.append(handler.headers.get("Authorization"))
        handler.answer(200, PICTURE, kind="image/jpeg")

    store.constant = give
    provider.faults = [(307, b"", {"Location": f"{store.url}/Media/elsewhere"})]
    text("Look", media=[media(provider)])
    worker.run_due()
    store.close()
    assert inbox[0][1][0][2] == PICTURE and asked == [None]


def test_what_is_too_large_is_left_out(within, text, inbox, provider, monkeypatch):
    from frontdesk.channels.sms import reading

    monkeypatch.setattr(reading, "LARGEST", 10)
    text("Look", media=[media(provider)])
    worker.run_due()
    assert inbox[0][1] == [] and "1 file could not be fetched" in inbox[0][0].text


def test_a_picture_that_is_away_is_tried_again_and_the_message_never_lost(within, text, inbox, provider):
    text("Look", media=[media(provider)])
    provider.constant = REFUSE
    row = Arrival.objects.get()
    for _try in range(arriving.TRIES - 1):
        with pytest.raises(Exception, match="connection"):
            arriving.take(row.pk)
    assert not inbox
    arriving.take(row.pk)
    assert inbox[0][0].text.startswith("Look") and Arrival.objects.get().state == "done"


@pytest.mark.parametrize("word", ["STOP", "stop.", "Arrêt", "ARRETEZ", "Oprire", "dezabonare", "Stop please"])
def test_stop_in_any_language(within, text, inbox, provider, word):
    text(word)
    worker.run_due()
    assert not may_write() and Arrival.objects.get().client_id == within.maria.pk
    assert len(provider.bodies) == 1 and "Folio Repairs" in provider.bodies[0] and "START" in provider.bodies[0]
    assert inbox[0][0].text == word
    assert Dispatch.objects.get().purpose == "transactional"


@pytest.mark.parametrize("word", ["START", "reprendre", "Porneste", "oui"])
def test_start_ends_it(within, text, provider, word):
    text("STOP")
    worker.run_due()
    text(word)
    worker.run_due()
    assert may_write() and len(provider.bodies) == 2 and "STOP" in provider.bodies[1]


@pytest.mark.parametrize("word", ["yes", "Da", "oui"])
def test_a_plain_yes_is_no_start(within, text, inbox, provider, word):
    text(word)
    worker.run_due()
    assert not provider.bodies and inbox[0][0].text == word


@pytest.mark.parametrize("word", ["HELP", "aide", "ajutor"])
def test_help_is_answered(within, text, provider, word):
    text(word, sender="+40721000999")
    worker.run_due()
    assert len(provider.bodies) == 1 and provider.messages[0]["to"] == "+40721000999" and may_write()


def test_the_answer_is_in_the_language_of_the_client(within, text, provider):
    Client.objects.filter(pk=within.maria.pk).update(language="ro")
    text("STOP")
    worker.run_due()
    assert "Folio Repairs" in provider.bodies[0] and "you get" not in provider.bodies[0]


def test_machines_do_not_answer_one_another_for_ever(within, text, provider):
    for _number in range(20):
        text("HELP", sender="+40721000999")
    worker.run_due()
    assert len(provider.bodies) == 5


def test_what_says_nothing_is_refused(within, text):
    text("Hello", sender="")
    worker.run_due()
    assert Arrival.objects.get().state == "refused"


def test_sending_goes_on(within, text, provider):
    text("STOP")
    worker.run_due()
    assert sending.run("sms") == 0


@pytest.fixture
def short(within, sms):
    """The account pays for one part, and Maria reads French, in which the answer takes two."""
    settings = ChannelSettings.objects.get(channel="sms")
    settings.config["most_segments"] = 1
    settings.save()
    Client.objects.filter(pk=within.maria.pk).update(language="fr")
    Account.objects.filter(pk=within.account.pk).update(name="Les réparations de la grande maison du quai")


def test_stop_counts_and_is_answered_where_one_part_is_allowed(within, short, text, inbox, provider):
    text("STOP")
    worker.run_due()
    assert not may_write() and inbox[0][0].text == "STOP" and Arrival.objects.get().state == "done"
    assert len(provider.bodies) == 1 and measured(provider.bodies[0], None).segments > 1


def test_stop_counts_also_when_it_cannot_be_answered(within, text, inbox, provider, monkeypatch):
    def fail(actor, letter):
        Dispatch.objects.create()

    monkeypatch.setattr(words, "queue", fail)
    text("STOP")
    worker.run_due()
    assert not may_write() and inbox[0][0].text == "STOP" and Arrival.objects.get().state == "done"
    assert not provider.bodies


def test_stop_of_an_inactive_client_is_answered(within, text, provider):
    Client.objects.filter(pk=within.maria.pk).update(status="inactive")
    text("STOP")
    worker.run_due()
    assert not may_write() and len(provider.bodies) == 1
