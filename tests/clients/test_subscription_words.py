"""C15: STOP and START by SMS, in three languages, for every client with that number."""

import pytest

from frontdesk.accounts.models import Account
from frontdesk.clients.models import Client, Contact, ContactPoint, SubscriptionEvent
from frontdesk.clients.subscriptions import actions
from frontdesk.clients.subscriptions.hearing import SMS, heard
from frontdesk.clients.subscriptions.rule import may_message
from frontdesk.clients.subscriptions.words import Asked, understood

MARIA = "0745 112 908"


@pytest.mark.parametrize(
    "text",
    ["STOP", "stop", " Stop. ", "«STOP»", "stop!!", "STOP ALL", "stopall", "Unsubscribe", "CANCEL", "end", "Quit",
     "ARRÊT", "arret", "arrêtez svp", "DÉSABONNER", "de\u0301sabonner", "me désabonner", "désinscription", "Fin",
     "DEZABONARE", "dezabonează-mă", "OPREȘTE", "opreşte", "Stop, vă rog", "stop multumesc", "STOP thank you"],
)  # fmt: skip
def test_words_that_stop(text):
    assert understood(text) is Asked.STOP


@pytest.mark.parametrize(
    "text", ["START", "unstop", "Yes", "subscribe", "OUI", "Réabonner", "reprendre", "DA", "Pornește", "reabonare"]
)
def test_words_that_start(text):
    assert understood(text) is Asked.START


@pytest.mark.parametrize("text", ["HELP", "info", "Aide ?", "AJUTOR"])
def test_words_that_ask(text):
    assert understood(text) is Asked.HELP


@pytest.mark.parametrize(
    "text",
    ["", " ", "👍", "...", "Please stop at the corner", "I cannot stop by on Monday", "stopper", "annuler", "anulez",
     "Yes, Tuesday works", "start at nine?", "please", "merci", "STOP " * 40, "non", "nu", "Thank you"],
)  # fmt: skip
def test_what_says_more_than_a_word_is_for_people(text):
    assert understood(text) is None


def fresh(client) -> Client:
    return Client.objects.get(pk=client.pk)


def number_of(client) -> str:
    return ContactPoint.objects.filter(contact__client_id=client.pk, kind="phone").values_list("normal", flat=True)[0]


def test_stop_silences_sms_and_nothing_else(within):
    done = heard(within.account, number_of(within.maria), "Stop!")
    assert (done.asked, done.clients) == (Asked.STOP, [within.maria.pk])
    assert done.answer == "Folio Repairs: you get no more text messages from us. Answer START to get them again."
    assert not any(may_message(within.maria, *kind).allowed for kind in SMS)
    assert may_message(within.maria, "email", "service").allowed
    event = SubscriptionEvent.objects.filter(client_id=within.maria.pk).first()
    assert (event.source, event.address, event.member) == ("sms", number_of(within.maria), None)


def test_a_number_as_people_of_the_country_write_it_is_the_same(within):
    Account.objects.filter(pk=within.account.pk).update(country="RO")
    within.account.refresh_from_db()
    ContactPoint.objects.filter(contact__client_id=within.maria.pk, kind="phone").update(normal="+40745112908")
    assert heard(within.account, MARIA, "stop").clients == [within.maria.pk]


def test_everybody_with_the_number_is_meant(within):
    number = number_of(within.maria)
    contact = Contact.objects.get(client=within.victor, is_primary=True)
    ContactPoint.objects.create(account=within.account, contact=contact, kind="phone", value=number, normal=number)
    assert set(heard(within.account, number, "arrêt").clients) == {within.maria.pk, within.victor.pk}
    assert not may_message(within.victor, "sms", "service").allowed


def test_start_brings_service_back_but_no_marketing_that_nobody_agreed_to(within):
    ContactPoint.objects.filter(contact__client_id=within.maria.pk).update(consent=False)
    heard(within.account, number_of(within.maria), "STOP")
    heard(within.account, number_of(within.maria), "Oui")
    assert may_message(within.maria, "sms", "service").allowed
    assert not may_message(within.maria, "sms", "marketing").allowed


def test_start_brings_marketing_back_that_was_agreed_to(within):
    actions.resubscribe(within.sam, within.maria, (("sms", "marketing"),))
    heard(within.account, number_of(within.maria), "STOP")
    assert not may_message(within.maria, "sms", "marketing").allowed
    assert heard(within.account, number_of(within.maria), "START").answer.endswith("Answer STOP to end them.")
    assert may_message(within.maria, "sms", "marketing").allowed


def test_stop_twice_is_once(within):
    for _time in range(3):
        heard(within.account, number_of(within.maria), "STOP")
    assert SubscriptionEvent.objects.filter(client_id=within.maria.pk).count() == 2


def test_help_changes_nothing(within):
    done = heard(within.account, number_of(within.maria), "aide")
    assert (done.asked, "answer STOP" in done.answer) == (Asked.HELP, True)
    assert not SubscriptionEvent.objects.exists()


def test_other_texts_strange_numbers_and_other_accounts_are_left_alone(within):
    assert heard(within.account, number_of(within.maria), "See you at 5").asked is None
    assert heard(within.account, "not a number", "STOP").clients == []
    assert heard(within.account, "+33612345678", "STOP").clients == []
    number = number_of(within.maria)
    assert heard(within.other.account, number, "STOP").clients == []
    assert may_message(within.maria, "sms", "service").allowed


def test_the_answer_is_in_the_clients_language(within):
    Client.objects.filter(pk=within.maria.pk).update(language="fr")
    assert heard(within.account, number_of(within.maria), "STOP").answer.startswith("Folio Repairs")
