"""What goes out leaves in the account's frame and the client's language, and is shown before it does (M4, M5)."""

import pytest
from django.urls import reverse

from frontdesk.accounts.actions.letters import change_letter
from frontdesk.channels import access as channels
from frontdesk.channels import actions as settings_of
from frontdesk.channels.models import Dispatch
from frontdesk.clients.models import Client
from frontdesk.conversations import actions, framing
from frontdesk.conversations.framing import MAIL
from frontdesk.core.errors import Invalid

from ..channels.conftest import local, provider, sms  # noqa: F401 fixtures
from .talks import MARIA, answer, arrive, begun, mail

FRAME = "Bonjour {name},\n\n{text}\n\n{writer} <{business}>\n{phone}"


@pytest.fixture
def asked(within):
    """Maria, who reads French, has written by e-mail."""
    Client.objects.filter(pk=within.maria.pk).update(language="fr")
    return arrive(within.account, mail())


def test_without_a_frame_the_text_leaves_as_it_was_written(within, asked):
    answer(within.cora, asked, "On **Thursday**\n\nSee you {soon")
    sent = Dispatch.objects.get()
    assert sent.text == "On **Thursday**\n\nSee you {soon"
    assert sent.html == "<p>On <strong>Thursday</strong></p>\n<p>See you {soon</p>\n"
    assert sent.headers["Content-Language"] == "fr"


def test_the_frame_of_the_clients_language_is_around_it_and_nothing_in_it_is_html(within, asked):
    change_letter(within.ana, MAIL, "fr", subject="Bonjour de {business}", body=FRAME)
    change_letter(within.ana, MAIL, "en", subject="Hello", body="Hello!\n\n{text}")
    answer(within.cora, asked, "Le **jeudi** <script>")
    sent = Dispatch.objects.get()
    assert sent.text == f"Bonjour Maria Ionescu,\n\nLe **jeudi** <script>\n\nCora <{within.account.name}>"
    assert sent.html.startswith("<p>Bonjour Maria Ionescu,</p><p>Le <strong>jeudi</strong> &lt;script&gt;</p>")
    assert sent.html.endswith(f"<p>Cora &lt;{within.account.name}&gt;</p>")
    assert sent.subject == "Re: The boiler"


def test_the_subject_of_a_first_mail_is_the_templates(within):
    change_letter(within.ana, MAIL, "en", subject="{writer} of {business}", body="{text}")
    answer(within.ana, begun(within.maria), "Shall we come?", way=f"email:{MARIA}")
    assert Dispatch.objects.get().subject == f"Ana of {within.account.name}"


def test_a_frame_without_the_text_is_refused(within):
    with pytest.raises(Invalid) as refused:
        change_letter(within.ana, MAIL, "en", subject="Hello", body="Hello!")
    assert set(refused.value.errors) == {"body"}


def test_a_text_message_has_no_signs_of_formatting(within, sms):  # noqa: F811
    assert framing.measure("sms", f"**{'x' * 160}**").segments == 1
    answer(within.ana, begun(within.maria), "At **four**", way="sms:+40745112908")
    assert Dispatch.objects.get().text == "At four"


def test_the_signature_of_text_messages_is_sent_and_counted(within, sms):  # noqa: F811
    assert framing.measure("sms", "x" * 160).segments == 1
    settings_of.configure(within.ana, channels.get_channel(within.ana, "sms"), {"signature": "- Folio"})
    assert framing.measure("sms", "x" * 160).segments == 2
    assert framing.measure("sms", "").segments == 0
    answer(within.ana, begun(within.maria), "Ready", way="sms:+40745112908")
    assert Dispatch.objects.get().text == "Ready\n- Folio"


def test_what_is_shown_is_what_is_sent(within, asked):
    change_letter(within.ana, MAIL, "fr", subject="Bonjour", body=FRAME)
    way, shown = actions.preview(within.cora, asked, "Le **jeudi**")
    assert not Dispatch.objects.exists()
    answer(within.cora, asked, "Le **jeudi**")
    sent = Dispatch.objects.get()
    assert (sent.to, sent.subject, sent.text, sent.html) == (way.reach.address, shown.subject, shown.text, shown.html)


def test_the_page_and_the_api_show_it(cast, within, asked, browser_of, api_of):
    change_letter(within.ana, MAIL, "fr", subject="Bonjour", body=FRAME)
    page = reverse("conversations:preview", args=[asked.pk])
    shown = browser_of(cast.cora).post(page, {"body": "Le **jeudi**", "way": f"email:{MARIA}"})
    assert "Bonjour Maria Ionescu," in shown.content.decode()
    assert browser_of(cast.cora).post(page, {"body": "", "way": ""}).status_code == 422
    assert browser_of(cast.cole).post(page, {"body": "Psst"}).status_code == 404
    address = f"/api/v1/conversations/{asked.pk}/preview"
    answered = api_of(cast.cora).post(address, {"body": "Le jeudi"}).json()
    assert (answered["language"], answered["segments"]) == ("fr", None)
    assert answered["text"].startswith("Bonjour Maria Ionescu,")
    assert api_of(cast.cora).post(address, {"body": "x", "way": "email:else@example.com"}).status_code == 422
