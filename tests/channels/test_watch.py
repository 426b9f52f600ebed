"""Admins hear of a channel that fails for long, daily while it lasts, and when it works again (M4)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from frontdesk.activity.models import Activity
from frontdesk.channels import actions, outcomes, watching
from frontdesk.channels.email import imap, mailboxes
from frontdesk.channels.models import ChannelSettings, Mailbox
from frontdesk.channels.registry import Postponed, Sent
from frontdesk.core.jobs.worker import run_due
from frontdesk.notify.kinds import NoticeData, kinds
from frontdesk.notify.models import Notice


def fail(**ago) -> None:
    """The provider cannot be reached."""
    outcomes._health(ChannelSettings.objects.get(), [Postponed("unreachable", whole=True)], _ago(**ago))


def _ago(**ago):
    return timezone.now() - timedelta(**ago)


def told() -> list[str]:
    """What was recorded, after a look."""
    watching.watch()
    return list(Activity.objects.filter(verb__startswith="channels.").order_by("pk").values_list("verb", flat=True))[1:]


@pytest.fixture
def failing(within, sms):
    """SMS fails for forty minutes."""
    fail(minutes=40)
    fail(minutes=1)


def test_a_short_trouble_is_nobodys_business(within, sms):
    fail(minutes=20)
    assert told() == []


def test_it_is_told_once_a_day_while_it_lasts(within, failing):
    assert told() == ["channels.failing"]
    assert told() == ["channels.failing"]
    ChannelSettings.objects.update(told_at=_ago(hours=25))
    assert told() == ["channels.failing"] * 2


def test_it_is_told_once_when_it_works_again(within, failing):
    told()
    outcomes._health(ChannelSettings.objects.get(), [Sent("SM1")], timezone.now())
    assert told() == told() == ["channels.failing", "channels.recovered"]
    fail(minutes=5)
    assert told() == ["channels.failing", "channels.recovered"]


def test_new_settings_begin_anew_and_a_channel_that_is_off_is_quiet(within, failing, sms):
    told()
    actions.configure(within.ana, sms, {})
    assert told().count("channels.recovered") == 0
    fail(minutes=40)
    ChannelSettings.objects.update(enabled=False)
    assert told().count("channels.failing") == 1


def box(**ago) -> Mailbox:
    """A mailbox that cannot be read."""
    made = Mailbox.objects.create(next_at=timezone.now())
    mailboxes._rest(made, imap.Trouble("credentials", "NO"))
    Mailbox.objects.update(problem_since=_ago(**ago))
    return made


def test_a_mailbox_that_cannot_be_read_is_told_of_and_when_it_is_read_again(within, sms):
    made = box(minutes=20)
    assert told() == []
    mailboxes._rest(made, imap.Trouble("unreachable"))
    assert (since := Mailbox.objects.get().problem_since) is not None
    Mailbox.objects.update(problem_since=_ago(minutes=40))
    assert told() == told() == ["channels.mailbox.failing"] and since > _ago(minutes=25)
    Mailbox.objects.update(told_at=_ago(hours=25))
    assert told() == ["channels.mailbox.failing"] * 2
    mailboxes._note(made, **mailboxes.WELL)
    assert told() == told() == ["channels.mailbox.failing"] * 2 + ["channels.mailbox.recovered"]


def test_what_is_said_of_a_mailbox(within, sms, cast, browser_of):
    made = box(minutes=40)
    told()
    run_due()
    page = browser_of(cast.ana).get(reverse("notify:list")).content.decode()
    assert "The mailbox has not been read since" in page and "password or key is wrong" in page
    mailboxes._note(made, **mailboxes.WELL)
    told()
    run_due()
    assert "The mailbox is read again" in browser_of(cast.ana).get(reverse("notify:list")).content.decode()
    assert {one.member_id for one in Notice.objects.filter(kind="channels.failing")} == {within.ana.pk}


def test_a_mailbox_that_is_switched_off_is_quiet(within, sms):
    made = box(minutes=40)
    told()
    ChannelSettings.objects.create(channel="email", enabled=False, config={"receiving": "imap"})
    mailboxes.read()
    made.refresh_from_db()
    assert (made.problem, made.told_at) == ("", None) and told() == ["channels.mailbox.failing"]


def test_the_admins_alone_are_told_by_every_way_with_a_link(within, failing, cast, browser_of):
    told()
    run_due()
    notice = Notice.objects.get(kind="channels.failing")
    assert notice.member_id == within.ana.pk
    assert all(kinds["channels.failing"].default(way) for way in ("app", "push", "mail"))
    page = browser_of(cast.ana).get(reverse("notify:list")).content.decode()
    assert "has not worked since" in page
    data = NoticeData(notice.pk, notice.kind, notice.key, None, notice.subject_id, None, notice.data, 1, notice.at)
    wording = kinds["channels.failing"].wording(data, cast.ana)
    assert wording.href == reverse("channels:channel", args=["sms"])
