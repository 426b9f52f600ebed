"""Machines, floods and hostile input: nothing real is lost, nothing hostile gets through (M9)."""

import time
from dataclasses import replace

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from frontdesk.channels.models import Dispatch
from frontdesk.conversations.models import Conversation, State
from frontdesk.core.jobs.models import QueuedJob
from frontdesk.core.jobs.worker import run_due
from frontdesk.core.tenancy.context import account_context
from frontdesk.inquiries import access, actions, tickets
from frontdesk.inquiries.models import Inquiry
from frontdesk.messaging.models import Message
from frontdesk.notify.models import Notice

from .visitors import NORA, field, form_of, opened, path_of, send, visitor


@pytest.fixture
def count(cast):
    """How many inquiries there are."""

    def counted() -> int:
        with account_context(cast.account):
            return Inquiry.objects.count()

    return counted


def aged(form, sealed: str, seconds: float) -> str:
    """A ticket as it would be after a time."""
    ticket = tickets.read(form, sealed)
    return replace(ticket, at=time.time() - seconds).sealed(form)


def test_without_scripts_one_confirms(form, count):
    browser = visitor()
    asked = browser.post(path_of(form), {**NORA, **opened(browser, form), "proof": ""})
    assert asked.status_code == 200 and "One more step" in asked.content.decode() and not count()
    typed = {**NORA, "ticket": field(asked, "ticket")}
    assert browser.post(path_of(form), typed).status_code == 302
    assert browser.post(path_of(form), typed).status_code == 302 and count() == 1


def test_who_confirms_at_once_waits(form, count, monkeypatch):
    browser = visitor()
    asked = browser.post(path_of(form), {**NORA, **opened(browser, form), "proof": ""})
    monkeypatch.setattr(tickets, "LEAST_SECONDS", 3)
    sealed = field(asked, "ticket")
    again = browser.post(path_of(form), {**NORA, "ticket": sealed})
    assert "One more step" in again.content.decode() and field(again, "ticket") == sealed and not count()
    assert browser.post(path_of(form), {**NORA, "ticket": aged(form, sealed, 4)}).status_code == 302 and count() == 1


def test_faster_than_a_person_is_asked_again(form, count, monkeypatch):
    monkeypatch.setattr(tickets, "LEAST_SECONDS", 3)
    assert "One more step" in send(form).content.decode() and not count()


@pytest.mark.parametrize("proof", ["0", "abc", "٣", "9" * 500, "1e5", "-1"])
def test_a_false_proof_is_none(form, count, proof):
    assert "One more step" in send(form, proof=proof).content.decode() and not count()


def test_a_proof_is_for_one_page_alone(form, count):
    browser = visitor()
    first, second = opened(browser, form), opened(browser, form)
    answer = browser.post(path_of(form), {**NORA, **second, "proof": first["proof"]})
    assert "One more step" in answer.content.decode() and not count()


def test_one_proof_is_for_one_inquiry(form, count):
    """Whoever goes back in the browser to write something else confirms that by hand, and loses no word."""
    browser = visitor()
    page = opened(browser, form)
    assert browser.post(path_of(form), {**NORA, **page}).status_code == 302
    asked = browser.post(path_of(form), {**NORA, **page, "message": "Something else"})
    assert "One more step" in asked.content.decode() and "Something else" in asked.content.decode() and count() == 1
    assert browser.post(path_of(form), {**NORA, **page}).status_code == 302 and count() == 1
    confirmed = {**NORA, "message": "Something else", "ticket": field(asked, "ticket")}
    for _time in range(2):
        assert browser.post(path_of(form), confirmed).status_code == 302 and count() == 2
    assert "One more step" in browser.post(path_of(form), {**confirmed, "name": "Other"}).content.decode()


@pytest.mark.parametrize("ticket", ["", "x", "a:b:c", "é" * 50, "0" * 100_000])
def test_a_bad_ticket_brings_the_form_back_with_what_was_typed(form, count, ticket):
    answer = send(form, ticket=ticket)
    assert answer.status_code == 422 and "Can you come on Monday?" in answer.content.decode() and not count()
    assert visitor().post(path_of(form), {**NORA, "ticket": field(answer, "ticket")}).status_code == 200


def test_a_ticket_of_yesterday_or_of_another_form_too(cast, form, count):
    sealed = opened(visitor(), form)["ticket"]
    old = send(form, ticket=aged(form, sealed, tickets.MOST_SECONDS + 5))
    assert old.status_code == 422 and "open for too long" in old.content.decode()
    assert send(form_of(cast.other), ticket=sealed).status_code == 422 and not count()


def test_what_looks_like_advertising_is_marked_and_not_lost(cast, form):
    answer = send(form, more="https://bad.example", message="https://a.example " * 5, name="Spam")
    assert answer.status_code == 302
    with account_context(cast.account):
        made, conversation = Inquiry.objects.get(), Conversation.objects.get()
        assert made.suspected and made.marks == ["trap", "links"]
        assert (conversation.state, conversation.assignee_id, conversation.waiting_since) == (State.CLOSED, None, None)
        note = Message.objects.get(thread_id=conversation.notes_id)
        assert "looks like advertising: it filled in a field" in note.body and not Dispatch.objects.exists()
        assert Message.objects.filter(thread_id=conversation.thread_id).count() == 1


def test_nobody_is_told_of_advertising(cast, form):
    def told() -> int:
        QueuedJob.objects.update(run_at=timezone.now())
        run_due()
        with account_context(cast.account):
            return Notice.objects.filter(kind="conversations.message").count()

    send(form, more="x")
    assert told() == 0
    send(form, email="real@example.com")
    assert told() > 0


def test_advertising_in_an_open_conversation_is_told_to_nobody_either(cast, form):
    def told() -> set[int]:
        QueuedJob.objects.update(run_at=timezone.now())
        run_due()
        with account_context(cast.account):
            return {notice.count for notice in Notice.objects.filter(kind="conversations.message")}

    send(form)
    assert told() == {1}
    send(form, more="x", message="Buy now")
    assert told() == {1}
    with account_context(cast.account):
        conversation = Conversation.objects.get()
        note = Message.objects.get(thread_id=conversation.notes_id)
    assert conversation.state == State.OPEN and note.body.endswith("Nobody was told of it.")


def test_an_address_has_a_limit_and_keeps_what_was_typed(cast, form, count):
    for _number in range(5):
        assert send(form).status_code == 302
    answer = send(form, message="The sixth one")
    assert answer.status_code == 429 and answer.headers["Retry-After"] == "600"
    assert "The sixth one" in answer.content.decode() and "Too much was sent" in answer.content.decode()
    assert count() == 5 and send(form, email="other@example.com").status_code == 302
    french = send(form, query="?lang=fr", message="Encore")
    assert french.status_code == 429 and 'lang="fr"' in french.content.decode()


def test_a_visitor_has_a_limit_over_all_addresses(form, count):
    statuses = [send(form, email=f"n{number}@example.com").status_code for number in range(21)]
    assert statuses == [302] * 20 + [429] and count() == 20


def test_what_is_kept_of_a_visitor_does_not_tell_the_address(form):
    send(form)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT cache_key FROM {settings.CACHES['default']['LOCATION']}")
        keys = [row[0] for row in cursor.fetchall()]
    assert [key for key in keys if "inquiry_visitor" in key]
    assert not [key for key in keys if "127.0.0.1" in key and "inquiry" in key]


HOSTILE = [
    "🎻 Élégie 🎼",
    "מרים כהן־לוי",
    "محمد",
    "<script>alert(1)</script>",
    "Nora\r\nBcc: all@example.com",
    "a\0b",
    "%s%n{name}",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_is_text(cast, form, text, browser_of):
    answer = send(form, name=text[:100], message=text)
    assert answer.status_code in (302, 422)
    if answer.status_code == 302:
        with account_context(cast.account):
            made = Inquiry.objects.select_related("client").get()
            assert "\n" not in made.client.name and "\r" not in made.client.name
        page = browser_of(cast.sam).get(f"/inbox/with/{made.client_id}/", follow=True)
        assert "<script>alert" not in page.content.decode()
    else:
        assert "<script>alert" not in answer.content.decode()


def test_a_message_of_a_megabyte_is_refused_in_words(form, count):
    answer = send(form, message="x" * 1_000_000)
    assert answer.status_code == 422 and "At most 5000 characters" in answer.content.decode() and not count()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": " "}, "This field is required."), ({"message": "\u202e"}, "This field is required."),
        ({"email": ""}, "Say how we can reach you."), ({"email": "nora"}, "This is not an e-mail address."),
        ({"phone": "12"}, "This is not a phone number."), ({"agreed": ""}, "We need your consent"),
        ({"email": "a@b.example\nBcc: c@d.example"}, "This is not an e-mail address."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field(form, count, typed, said):
    answer = send(form, **typed)
    assert answer.status_code == 422 and said in answer.content.decode() and not count()


@pytest.mark.parametrize("address", ["x", "a" * 38, "-" * 22 + "0" * 16, "A" * 22 + "é" * 16, "A" * 5000, "%00"])
def test_an_address_that_was_not_given_out_is_not_there(db, address):
    for tail in ("", "thanks/", "embed.js"):
        assert visitor().get(f"/ask/{address}/{tail}").status_code == 404


def test_the_token_of_one_business_is_none_of_the_others(cast, form):
    foreign = form_of(cast.other)
    mixed = access.address_of(form)[:22] + foreign.token
    assert visitor().get(f"/ask/{mixed}/").status_code == 404


def test_a_closed_form_says_how_to_reach_the_business(cast, form, count):
    with account_context(cast.account):
        sent = {**NORA, **opened(visitor(), form)}
        type(cast.account).objects.filter(pk=cast.account.pk).update(contact_email="office@folio.example")
        actions.switch(cast.ana, form, False)
    for answer in (visitor().get(path_of(form)), visitor().post(path_of(form), sent)):
        assert answer.status_code == 410 and "office@folio.example" in answer.content.decode() and not count()


def test_one_reads_it_in_ones_own_language(form):
    for headers, query, language in (
        ({"accept-language": "fr-CH,fr;q=0.9"}, "", "fr"), ({"accept-language": "fr"}, "?lang=ro", "ro"),
        ({"accept-language": "xx"}, "?lang=zz", "en"),
    ):  # fmt: skip
        page = visitor(**headers).get(path_of(form) + query).content.decode()
        assert f'<html lang="{language}"' in page


def test_changing_the_language_keeps_what_was_typed(form, count):
    answer = send(form, speak="ro", message="Aș dori o programare")
    page = answer.content.decode()
    assert answer.status_code == 200 and '<html lang="ro"' in page and "Aș dori o programare" in page and not count()


def test_only_the_embedded_page_may_be_framed_and_only_by_its_sites(cast, form):
    plain = visitor().get(path_of(form))
    assert "frame-ancestors 'none'" in plain.headers["Content-Security-Policy"]
    assert plain.headers["X-Frame-Options"] == "DENY" and not plain.cookies
    anywhere = visitor().get(path_of(form) + "?embedded=1")
    assert "frame-ancestors *" in anywhere.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in anywhere.headers and not anywhere.cookies
    some = form_of(cast, sites=["https://WWW.Example.com/contact", "shop.example:8443"])
    framed = visitor().get(path_of(some) + "?embedded=1").headers["Content-Security-Policy"]
    assert "frame-ancestors 'self' https://www.example.com https://shop.example:8443" in framed
    assert "script-src 'self';" in framed


def test_it_is_found_by_search_engines_only_when_wanted(cast, form):
    listed = form_of(cast, listed=True)
    assert visitor().get(path_of(form)).headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "X-Robots-Tag" not in visitor().get(path_of(listed)).headers
    assert "noindex" in visitor().get(path_of(listed) + "?embedded=1").headers["X-Robots-Tag"]


def test_the_script_names_the_address_and_nothing_typed(form, settings):
    answer = visitor().get(path_of(form, "embed") + "?lang=</script><x>")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    said = answer.content.decode()
    assert settings.PUBLIC_URL + path_of(form) in said.replace("\\u002d", "-") and "<x>" not in said
