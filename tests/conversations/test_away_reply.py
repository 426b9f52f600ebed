"""An automatic reply while whoever should answer is away, in the client's language (P14)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from frontdesk.accounts.actions.away import AwayInput, end_away, set_away
from frontdesk.accounts.actions.letters import change_letter
from frontdesk.activity.reactions import Happening
from frontdesk.channels.models import Dispatch
from frontdesk.clients.models import Client
from frontdesk.clients.subscriptions.hearing import heard
from frontdesk.conversations import actions
from frontdesk.conversations.actions import RuleInput
from frontdesk.conversations.away_reply import AWAY
from frontdesk.conversations.models import PUBLIC, Envelope
from frontdesk.core.jobs.worker import run_due
from frontdesk.messaging.actions import post
from frontdesk.messaging.actions.posting import MessageInput
from frontdesk.messaging.models import Message
from frontdesk.notify.kinds import kinds

from ..channels.conftest import local, provider, sms  # noqa: F401 fixtures
from .talks import answer, arrive, begun, mail

NUMBER = "+40745112908"


@pytest.fixture
def always(within):
    """The account always wants a reply."""
    actions.set_rule(within.ana, RuleInput("serving", away_reply="always"))


def leave(within, **more) -> None:
    """Cora, who serves Maria, is away."""
    set_away(within.cora, within.cora, AwayInput(message="Call Sam.", **more))


def replies() -> list[Message]:
    """The automatic replies, after all jobs have run."""
    run_due()
    sent = Envelope.objects.filter(outgoing=True, automatic=True).order_by("message__number")
    return [one.message for one in sent.select_related("message")]


def test_who_writes_hears_that_the_colleague_is_away_by_the_same_way(within, always):
    leave(within, ends_at=timezone.now() + timedelta(days=3), shown=True)
    conversation = arrive(within.account, mail())
    (reply,) = replies()
    assert "Cora" in reply.body and "Call Sam." in reply.body and "until" in reply.body
    assert (reply.author_id, reply.signed) == (None, within.account.name)
    sent = Dispatch.objects.get(cause_id=reply.pk)
    assert (sent.channel, sent.to, sent.purpose) == ("email", "maria@example.com", "transactional")
    assert sent.headers["Auto-Submitted"] == "auto-replied"
    conversation.refresh_from_db()
    assert conversation.waiting_since is not None and conversation.assignee_id is None


def test_it_holds_the_thread_before_the_conversation_as_posting_does(within, always):
    leave(within)
    arrive(within.account, mail())
    with CaptureQueriesContext(connection) as asked:
        replies()
    tables = ("messaging_thread", "conversations_conversation")
    taken = [
        next((table for table in tables if f'FROM "{table}"' in one["sql"]), "")
        for one in asked.captured_queries
        if "FOR UPDATE" in one["sql"] or connection.vendor == "sqlite"
    ]
    assert taken.index("messaging_thread") < taken.index("conversations_conversation")


def test_the_answer_after_it_keeps_the_subject_of_the_people(within, always):
    leave(within)
    conversation = arrive(within.account, mail())
    replies()
    answer(within.ana, conversation, "On Monday")
    assert Dispatch.objects.get(text="On Monday").subject == "Re: The boiler"


def test_it_says_no_more_than_the_colleague_shows(within, always):
    leave(within, ends_at=timezone.now() + timedelta(days=3))
    arrive(within.account, mail())
    (reply,) = replies()
    assert "Call Sam." not in reply.body and "until" not in reply.body and "\n\n\n" not in reply.body


def test_once_for_an_absence_and_once_a_day(within, always):
    leave(within)
    for text in ("One", "Two"):
        arrive(within.account, mail(text=text))
    assert len(replies()) == 1
    Message.objects.update(posted_at=timezone.now() - timedelta(days=2))
    within.cora.away_from = timezone.now() - timedelta(days=3)
    within.cora.save()
    arrive(within.account, mail(text="Three"))
    assert len(replies()) == 1
    end_away(within.cora, within.cora)
    leave(within)
    arrive(within.account, mail(text="Four"))
    assert len(replies()) == 2


def test_an_automatic_mail_alone_gets_none(within, always):
    leave(within)
    arrive(within.account, mail(automatic=True))
    assert replies() == []


def test_an_unproven_sender_gets_none(within, always):
    leave(within)
    arrive(within.account, mail(verified=False))
    assert replies() == []


def test_it_is_off_until_an_admin_wants_it_and_follows_the_deputy(within):
    leave(within, deputy=within.sam.pk)
    arrive(within.account, mail())
    assert replies() == []
    actions.set_rule(within.ana, RuleInput("serving", away_reply="uncovered"))
    arrive(within.account, mail(text="And?"))
    assert replies() == []
    actions.set_rule(within.ana, RuleInput("serving", away_reply="always"))
    arrive(within.account, mail(text="Well?"))
    assert len(replies()) == 1


def test_in_the_portal_it_is_there_at_once_and_nobody_of_the_team_is_told_of_it(within, always):
    leave(within)
    post(within.mia, begun(within.maria).thread, MessageInput("Hello?"))
    (reply,) = replies()
    assert not Dispatch.objects.filter(cause_id=reply.pk).exists()
    happened = Happening(reply.pk, None, "message.posted", reply.pk, None, {"kind": PUBLIC})
    assert kinds["conversations.message"].recipients(happened) == set()


def test_the_stream_says_that_no_person_wrote_it(within, always, cast, api_of, browser_of):
    leave(within)
    conversation = arrive(within.account, mail())
    assert len(replies()) == 1
    rows = api_of(cast.ana).get(f"/api/v1/conversations/{conversation.pk}/messages").json()["data"]
    assert [row["travel"]["automatic"] for row in rows] == [False, True]
    shown = browser_of(cast.ana).get(reverse("conversations:show", args=[conversation.pk])).content.decode()
    assert "Automatic reply" in shown


def test_its_text_is_the_accounts_own_in_the_clients_language(within, always):
    change_letter(within.ana, AWAY, "fr", subject="Absence", body="{colleague} est absente. {until}")
    Client.objects.filter(pk=within.maria.pk).update(language="fr")
    leave(within)
    arrive(within.account, mail())
    (reply,) = replies()
    assert reply.body == "Cora est absente."
    assert Dispatch.objects.get(cause_id=reply.pk).subject == "Absence"


def test_who_ended_text_messages_gets_none(within, always, sms):  # noqa: F811
    leave(within)
    heard(within.account, NUMBER, "STOP")
    arrive(within.account, mail(NUMBER, channel="sms"))
    assert replies() == []
    heard(within.account, NUMBER, "START")
    arrive(within.account, mail(NUMBER, channel="sms"))
    assert len(replies()) == 1


def test_the_settings_page_and_the_api_choose_when(cast, browser_of, api_of):
    page = reverse("conversations:rule")
    ana = browser_of(cast.ana)
    assert ana.post(page, {"rule": "serving", "away_reply": "sometimes"}).status_code == 422
    assert ana.post(page, {"rule": "serving", "away_reply": "uncovered"}).status_code == 302
    kept = api_of(cast.ana).put("/api/v1/inbox/rule", {"rule": "nobody"}, content_type="application/json").json()
    assert kept == {"rule": "nobody", "team": None, "away_reply": "uncovered"}
    assert "{colleague}" in ana.get(reverse("accounts:mail_text", args=["away"])).content.decode()
