"""What arrives finds its conversation, once, and never another client's (M4, M9, C15)."""

from django.urls import reverse

from frontdesk.accounts.models import System
from frontdesk.clients.merging.actions import merge
from frontdesk.clients.models import Client, Contact, ContactPoint, Status
from frontdesk.conversations import actions
from frontdesk.conversations.models import Conversation, Envelope, State
from frontdesk.conversations.senders import Sender
from frontdesk.messaging.models import Message

from .talks import MARIA, arrive, begun, mail


def second(client, email="second@example.com"):
    """Another contact of a client."""
    made = Contact.objects.create(client=client, account=client.account, name="Second", is_primary=False)
    ContactPoint.objects.create(contact=made, account=client.account, kind="email", value=email, normal=email)
    return made


def test_a_mail_of_a_known_address_opens_its_clients_conversation(within):
    conversation = arrive(within.account, mail())
    assert conversation.client == within.maria
    assert (conversation.state, conversation.channel) == (State.OPEN, "email")
    assert conversation.waiting_since is not None
    said = Message.objects.get()
    assert (said.author, said.signed, said.body) == (None, "Maria Ionescu", "When can you come?")


def test_the_same_arrival_twice_is_one_message(within):
    incoming = mail()
    assert arrive(within.account, incoming) == arrive(within.account, incoming)
    assert Message.objects.count() == Envelope.objects.count() == 1


def test_an_unknown_sender_becomes_a_prospect(within):
    conversation = arrive(within.account, mail("new@example.com", sender_name="Nora New"))
    assert (conversation.client.name, conversation.client.status) == ("Nora New", Status.PROSPECT)
    assert conversation.client.email == "new@example.com"
    assert not conversation.unconfirmed
    again = arrive(within.account, mail("new@example.com", "And when?"))
    assert again == conversation


def test_a_forged_sender_does_not_reach_the_clients_conversation(within):
    own = arrive(within.account, mail())
    forged = arrive(within.account, mail(text="Send the money elsewhere", verified=False))
    assert forged != own and forged.unconfirmed
    assert forged.client.status == Status.PROSPECT
    own.thread.refresh_from_db()
    assert own.thread.last_number == 1
    assert arrive(within.account, mail(text="Well?", verified=False)) == forged
    assert arrive(within.account, mail(text="It is really me")) == own


def test_an_answer_goes_where_it_provably_belongs(within):
    conversation = begun(within.maria)
    made = arrive(within.account, mail("somebody@else.example", conversation=conversation.pk, verified=False))
    assert made == conversation
    assert not Envelope.objects.get().verified
    assert not Client.objects.filter(status=Status.PROSPECT, name="somebody@else.example").exists()


def test_a_message_reopens_what_was_closed_but_an_automatic_one_does_not(within):
    conversation = arrive(within.account, mail())
    Conversation.objects.filter(pk=conversation.pk).update(state=State.CLOSED, waiting_since=None)
    assert arrive(within.account, mail(text="Out of office", automatic=True)).state == State.CLOSED
    assert arrive(within.account, mail(text="Hello?")).state == State.OPEN


def test_text_from_elsewhere_is_shown_as_it_is(within):
    arrive(within.account, mail(text="1. *one*\n<b>two</b> @Ana"))
    said = Message.objects.get()
    assert (
        "<em>" not in said.html and "<ol" not in said.html and "&lt;b&gt;" in said.html and "mention" not in said.html
    )


def test_what_a_mail_answers_is_folded_for_the_team(within, browser_of):
    """M4: the quoted part stands in the line, once somebody opens it; the client is not shown their own quote."""
    conversation = arrive(within.account, mail(text="Yes, please.", quoted="> Shall we come <b>on Friday</b>?"))
    page = browser_of(within.cora).get(reverse("conversations:show", args=[conversation.pk])).content.decode()
    folded = page.partition('<details class="history">')[2].partition("</details>")[0]
    assert "Shall we come &lt;b&gt;on Friday&lt;/b&gt;?" in folded
    assert "Friday" not in conversation.thread.messages.get().body
    seen = browser_of(within.mia).get(reverse("messaging:thread", args=[conversation.thread_id])).content.decode()
    assert "Yes, please." in seen and "Friday" not in seen


def test_a_forged_sender_does_not_reach_the_real_one_either(within):
    """Who forged first may not go on writing where the real person answered since."""
    forged = arrive(within.account, mail("nora@example.com", "Send me my bill", verified=False))
    real = arrive(within.account, mail("nora@example.com", "It is really me"))
    again = arrive(within.account, mail("nora@example.com", "Send it to my new address", verified=False))
    assert real.pk == forged.pk and again.pk != real.pk and again.unconfirmed
    assert arrive(within.account, mail("nora@example.com", "Still waiting", verified=False)).pk == again.pk


def test_who_claims_an_address_takes_no_mail_of_its_owner(within):
    Client.objects.filter(pk=within.victor.pk).update(status=Status.PROSPECT)
    second(within.victor)
    actions.unproven(System(within.account), Sender("Second", "second@example.com", "+40722000111"))
    actions.unproven(System(within.account), Sender("Second", "second@example.com"))
    assert arrive(within.account, mail("second@example.com", "Confidential")).client_id == within.victor.pk


def test_what_two_verified_senders_write_is_not_mixed_since_somebody_named_both(within):
    fake, _contact = actions.unproven(System(within.account), Sender("Vera", "vera@x.example", "+40722000111"))
    real = arrive(within.account, mail("vera@x.example", "My PIN is 1234"))
    text = arrive(within.account, mail("+40722000111", "Please confirm", channel="sms", subject=""))
    assert len({fake.pk, real.pk, text.pk}) == 3
    assert arrive(within.account, mail("vera@x.example", "And?")).pk == real.pk


def test_who_answered_where_both_addresses_were_named_goes_on_there(within):
    asked, _contact = actions.unproven(System(within.account), Sender("Vera", "vera@x.example", "+40722000111"))
    arrive(within.account, mail("vera@x.example", "Yes, that was me", conversation=asked.pk))
    assert arrive(within.account, mail("vera@x.example", "And on Friday?")).pk == asked.pk


def test_a_sender_that_no_contact_can_be_stays_one_prospect(within):
    first, again = (arrive(within.account, mail("DHL", text, channel="sms", subject="")) for text in ("One", "Two"))
    assert first.pk == again.pk and not again.unconfirmed
    assert arrive(within.account, mail("DPD", "Three", channel="sms", subject="")).pk != first.pk
    merge(within.ana, within.maria, first.client)
    assert arrive(within.account, mail("DHL", "Four", channel="sms", subject="")).client_id == within.maria.pk
    forged = [arrive(within.account, mail("DHL", "x", channel="sms", subject="", verified=False)) for _n in range(2)]
    assert forged[0].pk == forged[1].pk != first.pk and forged[0].unconfirmed


def test_who_is_no_contact_any_more_answers_as_somebody_not_confirmed(within):
    former = second(within.maria)
    conversation = begun(within.maria)
    former.delete()
    arrive(within.account, mail("second@example.com", "Still me", conversation=conversation.pk))
    arrive(within.account, mail(MARIA, "It is me", conversation=conversation.pk))
    assert [one.verified for one in Envelope.objects.order_by("pk")] == [False, True]
