"""Saved replies: written once, filled in for each client, chosen by page and API, never sent with a gap (M5)."""

import uuid

import pytest
from django.urls import reverse

from frontdesk.channels.models import Dispatch
from frontdesk.clients.access import clients_for
from frontdesk.clients.models import Contact
from frontdesk.conversations import actions as conversations
from frontdesk.conversations.access import writable
from frontdesk.conversations.placeholders import Occasion, fill
from frontdesk.conversations.saved import access, actions, queries
from frontdesk.conversations.saved.actions import SavedInput
from frontdesk.conversations.saved.models import SavedReply
from frontdesk.core.errors import Forbidden, Invalid, Missing
from frontdesk.core.tenancy.context import account_context
from frontdesk.messaging.actions.posting import MessageInput
from frontdesk.messaging.models import Draft, Message
from frontdesk.teams.actions import TeamInput, add_team

from .talks import answer, arrive, begun, mail

API = "/api/v1/saved-replies"


def save(actor, text="Hello {first_name}, this is {me} of {business}.", name="Greeting", **more) -> SavedReply:
    return actions.add_reply(actor, SavedInput(name, text, **more))


@pytest.fixture
def asked(within):
    return arrive(within.account, mail())


def test_it_is_filled_in_for_the_client_in_their_language(within, asked):
    asked.client.language = "fr"
    text = fill("{client} {first_name} {me} {business} {today} { me }", Occasion(within.cora, asked.client)).text
    contact = Contact.objects.filter(client=asked.client).order_by("-is_primary", "pk").first()
    assert contact.name.split()[0] in text and within.cora.name in text and within.account.name in text
    assert "{" not in text
    with_date = fill("{today}", Occasion(within.cora, asked.client)).text
    assert with_date != fill("{today}", Occasion(within.cora, within.victor)).text


def test_values_with_braces_are_not_filled_again(within, asked):
    asked.client.name = "{me}"
    assert fill("{client}", Occasion(within.cora, asked.client)).text == "{me}"


def test_what_has_no_value_is_named_and_cannot_be_sent(within, asked):
    within.account.contact_phone = ""
    within.account.save()
    asked.client.account = within.account
    filled = fill("Call {phone}", Occasion(within.cora, asked.client))
    assert (filled.text, filled.missing) == ("Call {phone}", ("phone",))
    with pytest.raises(Invalid) as refused:
        answer(within.cora, asked, filled.text)
    assert "{phone}" in refused.value.errors["body"][0]
    assert not Dispatch.objects.exists() and not Message.objects.filter(author=within.cora).exists()


def test_a_gap_is_refused_for_later_too_but_stays_possible_in_notes(within, asked):
    found = writable(within.cora, asked.pk)
    with pytest.raises(Invalid):
        conversations.reply_later(within.cora, found, MessageInput("Call {phone}"), asked.last_at.replace(year=2090))
    assert not Draft.objects.exists()
    assert conversations.note(within.cora, found, MessageInput("Text with {phone}"))
    assert answer(within.cora, asked, "Braces of others such as {else} may go")


def test_unknown_placeholders_and_lone_braces_are_refused(within):
    for text in ("Hello {nobody}", "Hello {"):
        with pytest.raises(Invalid) as refused:
            save(within.sam, text)
        assert "text" in refused.value.errors
    assert not SavedReply.objects.exists()


def test_a_shortcut_is_single_among_ones_own_and_in_each_language(within):
    save(within.cora, shortcut="/Hi")
    save(within.cole, shortcut="hi")
    save(within.cora, shortcut="hi", language="fr")
    with pytest.raises(Invalid) as refused:
        save(within.cora, shortcut="hi")
    assert "shortcut" in refused.value.errors
    with pytest.raises(Invalid):
        save(within.cora, shortcut="two words")


def test_own_ones_are_ones_own_and_shared_ones_are_the_offices(within):
    own, shared = save(within.cora), save(within.sam, shared=True)
    with pytest.raises(Missing):
        access.get_reply(within.ana, own.pk)
    assert access.get_reply(within.cole, shared.pk) == shared
    with pytest.raises(Forbidden):
        access.editable(within.cora, shared.pk)
    with pytest.raises(Forbidden):
        save(within.cora, shared=True)
    with pytest.raises(Forbidden):
        actions.change_reply(within.cora, own, SavedInput("A", "B", shared=True))


def test_one_for_a_team_is_seen_by_its_people_and_by_the_office(within):
    team = add_team(within.ana, TeamInput("North", members={within.cora.pk}))
    save(within.ana, shared=True, team=team.pk)
    for who, number in ((within.cora, 1), (within.cole, 0), (within.sam, 1)):
        assert len(queries.saved_replies(who).rows) == number


def test_the_list_goes_by_name_is_searched_and_paged(within):
    for name in ("Étage", "Zug", "apple"):
        save(within.sam, name=name, shared=True)
    first = queries.saved_replies(within.sam, limit=2)
    assert [one.name for one in first.rows] == ["apple", "Étage"]
    assert [one.name for one in queries.saved_replies(within.sam, after=first.after, limit=2).rows] == ["Zug"]
    assert [one.name for one in queries.saved_replies(within.sam, query="etag").rows] == ["Étage"]


def test_offers_begin_with_the_clients_language_and_the_most_used(within, asked):
    asked.client.language = "ro"
    asked.client.save()
    english, romanian = save(within.cora, name="A", language="en"), save(within.cora, name="B", language="ro")
    often = save(within.cora, name="C", shortcut="zz")
    actions.note_use(within.cora, often)
    names = [offer.reply.name for offer in queries.offered(within.cora, asked)]
    assert names == ["C", "B", "A"]
    save(within.cora, name="D zz")
    assert queries.offered(within.cora, asked, query="/zz")[0].reply == often
    often.refresh_from_db()
    assert (often.used, english.used, romanian.used) == (1, 0, 0)


def test_a_deleted_one_comes_back_without_a_shortcut_that_is_taken(within):
    reply = save(within.cora, shortcut="hi")
    actions.delete_reply(within.cora, reply)
    with pytest.raises(Missing):
        access.get_reply(within.cora, reply.pk)
    save(within.cora, shortcut="hi")
    back = actions.restore_reply(within.cora, access.restorable(within.cora, reply.pk))
    assert back.deleted_at is None and back.shortcut == ""
    with pytest.raises(Missing):
        access.restorable(within.cole, reply.pk)


def test_pages_write_change_delete_and_bring_back(cast, browser_of):
    cora, listed = browser_of(cast.cora), reverse("conversations:saved")
    new = reverse("conversations:saved_new")
    assert cora.post(new, {"name": "Hi", "text": "{nobody}"}).status_code == 422
    assert "Greeting" in cora.post(new, {"name": "Greeting", "text": "Hi {client}"}, follow=True).content.decode()
    with account_context(cast.account):
        reply = SavedReply.objects.get(owner=cast.cora)
    edit = reverse("conversations:saved_edit", args=[reply.pk])
    assert "Hi {client}" in cora.get(edit).content.decode()
    cora.post(edit, {"name": "Other", "text": "Hi"})
    assert "Other" in cora.get(listed + "?q=oth").content.decode()
    assert "Other" not in browser_of(cast.cole).get(listed).content.decode()
    gone = cora.post(reverse("conversations:saved_delete", args=[reply.pk]), follow=True).content.decode()
    assert reverse("conversations:saved_restore", args=[reply.pk]) in gone
    cora.post(reverse("conversations:saved_restore", args=[reply.pk]))
    assert "Other" in cora.get(listed).content.decode()


def test_the_form_shows_how_a_text_reads_without_saving_it(cast, browser_of):
    cora, new = browser_of(cast.cora), reverse("conversations:saved_new")
    asked = {"name": "Greeting", "text": "Hi {client}, call {phone} <b>", "preview": "1"}
    with account_context(cast.account):
        newest = clients_for(cast.cora).order_by("-id").first()
    shown = cora.post(new, asked)
    page = shown.content.decode()
    assert shown.status_code == 200 and f"For {newest.name}, as an example." in page
    assert f"Hi {newest.name}, call <mark>{{phone}}</mark> &lt;b&gt;" in page and "Hi {client}" in page
    refused = cora.post(new, asked | {"text": "{nobody}"})
    assert refused.status_code == 422 and "as an example" not in refused.content.decode()
    with account_context(cast.account):
        assert not SavedReply.objects.filter(owner=cast.cora).exists()


def test_choosing_without_scripts_opens_the_form_with_the_text(cast, browser_of, django_assert_max_num_queries):
    with account_context(cast.account):
        conversation, reply = begun(cast.maria), save(cast.cora, "Hello {client}, call {phone}")
    cora = browser_of(cast.cora)
    cora.get(reverse("conversations:list"))
    with django_assert_max_num_queries(12):
        page = cora.get(reverse("conversations:saved_choose", args=[conversation.pk])).content.decode()
    assert f"Hello {cast.maria.name}" in page and "<mark>{phone}</mark>" in page
    use = reverse("conversations:saved_use", args=[conversation.pk, reply.pk])
    form = cora.post(use, follow=True).content.decode()
    assert f"Hello {cast.maria.name}, call {{phone}}</textarea>" in form
    with account_context(cast.account):
        reply.refresh_from_db()
    assert reply.used == 1
    assert (
        browser_of(cast.cole).get(f"{reverse('conversations:saved_choose', args=[conversation.pk])}").status_code == 404
    )


def test_what_one_writes_becomes_a_saved_reply(cast, browser_of):
    with account_context(cast.account):
        conversation, cora = begun(cast.maria), browser_of(cast.cora)
    keep = reverse("conversations:saved_keep", args=[conversation.pk])
    page = cora.post(keep, {"body": "We open at nine"}, follow=True).content.decode()
    assert "We open at nine</textarea>" in page
    with account_context(cast.account):
        assert Draft.objects.get().body == "We open at nine"


def test_the_api_does_the_same(cast, api_of):
    with account_context(cast.account):
        cora, conversation = api_of(cast.cora), begun(cast.maria)
    assert cora.post(API, {"name": "A", "text": "{x}"}).status_code == 422
    assert cora.post(API, {"name": "A", "text": "B", "shared": True}).status_code == 403
    made = cora.post(API, {"name": "A", "text": "Hi {client}", "shortcut": "a"}).json()
    assert cora.patch(f"{API}/{made['id']}", {"name": "Z"}, content_type="application/json").json()["shortcut"] == "a"
    assert [one["name"] for one in cora.get(f"{API}?q=hi").json()["data"]] == ["Z"]
    assert api_of(cast.cole).get(f"{API}/{made['id']}").status_code == 404
    of = f"/api/v1/conversations/{conversation.pk}/saved-replies"
    assert cora.get(of).json()["data"][0]["filled"] == f"Hi {cast.maria.name}"
    assert cora.post(f"{of}/{made['id']}/use").json()["used"] == 1
    assert api_of(cast.cole).get(of).status_code == 404
    assert cora.delete(f"{API}/{made['id']}").status_code == 204
    assert cora.get(f"{API}/{made['id']}").status_code == 404
    assert cora.post(f"{API}/{made['id']}/restore").json()["name"] == "Z"
    assert any(one["key"] == "client" for one in cora.get(f"{API}/placeholders").json()["data"])
    gap = cora.post(f"/api/v1/conversations/{conversation.pk}/messages", {"body": "Call {phone}"})
    assert gap.status_code == 422 and gap.json()["errors"][0]["field"] == "body"
    assert cora.get(f"{API}/{uuid.uuid4()}").status_code == 404
