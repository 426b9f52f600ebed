"""A3: notifications by e-mail, at once or gathered, never twice, with a link that ends them."""

from datetime import datetime, timedelta
from email.utils import parseaddr
from uuid import UUID

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from frontdesk.clients.actions import assignments
from frontdesk.clients.actions.availability import set_availability
from frontdesk.clients.models import Assignment
from frontdesk.core.jobs.models import QueuedJob
from frontdesk.core.tenancy.context import account_context
from frontdesk.notify import actions, links, sending
from frontdesk.notify.actions import PreferenceInput
from frontdesk.notify.models import Notice, Outgoing, Preference

from .helpers import told, work

MAILED = {"clients.assigned": {"mail": True}, "clients.changed": {"mail": True}}
# Noon in Bucharest.
NOON = datetime.fromisoformat("2026-11-18T10:00:00+00:00")


@pytest.fixture
def mailed(within):
    """Cora wants mails; the clock stands at noon and moves on by hand."""
    with time_machine.travel(NOON, tick=False) as clock:
        actions.choose(within.cora, within.cora, PreferenceInput(choices=MAILED))
        within.clock = clock
        yield within


def choose(cast, **times) -> None:
    actions.choose(cast.cora, cast.cora, PreferenceInput(**times))


def two_things(cast) -> None:
    assignments.assign(cast.sam, cast.victor, [cast.cora.pk])
    work()
    set_availability(cast.mia, cast.maria, [])
    work()


def test_each_at_once_in_the_readers_language_with_the_same_thread(mailed):
    mailed.cora.user.language = "fr"
    mailed.cora.user.save()
    two_things(mailed)
    first, second = mail.outbox
    assert first.to == ["cora@folio.example"] and "Victor Țurcanu" in first.subject
    assert first.extra_headers["References"] != second.extra_headers["References"]
    assert parseaddr(first.from_email)[0] == "Folio Repairs" and first.extra_headers["List-Unsubscribe-Post"]
    actions.mark_read(mailed.cora, ["clients.assigned:assigned"])
    assignments.assign(mailed.sam, mailed.ioana, [mailed.cora.pk])
    work()
    third = mail.outbox[2]
    assert third.extra_headers["References"] == first.extra_headers["References"]
    assert third.extra_headers["Message-ID"] != first.extra_headers["Message-ID"]


def test_once_a_day_there_is_one_with_everything(mailed):
    choose(mailed, rhythm="daily", digest_at=17 * 60)
    two_things(mailed)
    assert mail.outbox == [] and Outgoing.objects.count() == 2
    mailed.clock.move_to(NOON + timedelta(hours=4, minutes=59))
    work()
    assert mail.outbox == []
    mailed.clock.move_to(NOON + timedelta(hours=5))
    work()
    assert [sent.subject for sent in mail.outbox] == ["2 notifications"] and not Outgoing.objects.exists()
    assert "Victor Țurcanu" in mail.outbox[0].body and "Maria Ionescu" in mail.outbox[0].body
    mailed.clock.move_to(NOON + timedelta(days=3))
    work()
    assert len(mail.outbox) == 1


def test_quiet_hours_hold_it_back_and_end_with_one_summary_while_the_app_shows_it_at_once(mailed):
    choose(mailed, quiet_from=11 * 60, quiet_until=15 * 60, quiet_days=list(range(7)))
    two_things(mailed)
    assert mail.outbox == [] and len(told(mailed.cora)) == 2
    mailed.clock.move_to(NOON + timedelta(hours=3))
    work()
    assert [sent.subject for sent in mail.outbox] == ["2 notifications"]


def test_what_was_read_meanwhile_or_may_not_be_seen_any_more_is_not_sent(mailed):
    choose(mailed, rhythm="hourly")
    two_things(mailed)
    actions.mark_read(mailed.cora, ["clients.assigned:assigned"])
    Assignment.objects.filter(member=mailed.cora).delete()
    mailed.clock.move_to(NOON + timedelta(hours=1))
    work()
    assert mail.outbox == []


def test_a_choice_that_changed_meanwhile_holds(mailed):
    choose(mailed, rhythm="hourly")
    two_things(mailed)
    actions.stop_mail(mailed.cora, "clients.assigned")
    mailed.clock.move_to(NOON + timedelta(hours=1))
    work()
    assert [sent.subject for sent in mail.outbox] == ["Mia changed the details of Maria Ionescu"]


def test_handing_over_twice_sends_once(mailed):
    choose(mailed, rhythm="hourly")
    two_things(mailed)
    mailed.clock.move_to(NOON + timedelta(hours=1))
    for _time in range(3):
        sending.hand_over(mailed.cora.pk, "mail")
    assert QueuedJob.objects.filter(name=sending.MAIL).count() == 1
    work()
    assert len(mail.outbox) == 1


def test_one_that_is_sent_again_bears_the_same_id(mailed):
    two_things(mailed)
    job = QueuedJob.objects.filter(name=sending.MAIL).order_by("id").first()
    with account_context(mailed.account):
        sending.mail(mailed.cora.pk, job.arguments["notices"], UUID(job.arguments["batch"]))
    assert mail.outbox[0].extra_headers["Message-ID"] == mail.outbox[2].extra_headers["Message-ID"]


def test_a_notice_only_by_mail_is_not_in_the_list_and_comes_again(mailed):
    actions.choose(mailed.cora, mailed.cora, PreferenceInput(choices={"clients.assigned": {"app": False}}))
    assignments.assign(mailed.sam, mailed.victor, [mailed.cora.pk])
    work()
    assignments.assign(mailed.sam, mailed.ioana, [mailed.cora.pk])
    work()
    assert [(one.shown, one.count) for one in Notice.objects.filter(member=mailed.cora)] == [(False, 1), (False, 1)]
    assert len(mail.outbox) == 2


def test_the_link_ends_one_kind_after_a_question_or_with_one_click(mailed, client):
    two_things(mailed)
    address = mail.outbox[0].extra_headers["List-Unsubscribe"].strip("<>")
    path = "/" + address.split("/", 3)[3]
    assert "No more such e-mails" in client.get(path).content.decode()
    assert Preference.objects.get().choices["clients.assigned"]["mail"] is True
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Preference.objects.get().choices["clients.assigned"]["mail"] is False
    assert Preference.objects.get().choices["clients.changed"]["mail"] is True
    assert "sends you no more such e-mails" in client.get(path).content.decode()
    assert client.get(path[:-3] + "xx/").status_code == 404


def test_the_link_of_a_digest_ends_all(mailed, client):
    token = links.address_of(mailed.cora).rstrip("/").rpartition("/")[2]
    assert client.post(reverse("notify:stop", args=[token])).status_code == 302
    assert all(not channels["mail"] for channels in Preference.objects.get().choices.values())


def test_nobody_who_is_gone_gets_one(mailed):
    choose(mailed, rhythm="hourly")
    two_things(mailed)
    mailed.cora.user.is_active = False
    mailed.cora.user.save()
    mailed.clock.move_to(timezone.now() + timedelta(hours=1))
    work()
    assert mail.outbox == []
