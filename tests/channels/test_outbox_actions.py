"""M4, X12: messages of the outbox are sent again, sent after all, or cancelled."""

import pytest

from frontdesk.activity.models import Activity
from frontdesk.channels import access, actions, sending
from frontdesk.channels.models import ChannelSettings, Dispatch
from frontdesk.core.errors import Conflict, Forbidden

from .provider import NUMBER, SID, TOKEN


def fresh(row):
    return Dispatch.objects.get(pk=row.pk)


def set_up(within, provider):
    channel = access.get_channel(within.ana, "sms")
    config = {"account_sid": SID, "senders": NUMBER, "server": provider.url}
    actions.configure(within.ana, channel, config, {"auth_token": TOKEN})


def test_what_failed_is_sent_again(within, sms, letter, provider):
    provider.faults = [(400, {"code": 30004, "message": "Blocked", "status": 400})]
    row = actions.queue(within.sam, letter())
    sending.run("sms")
    assert fresh(row).state == "failed"
    actions.retry(within.sam, row)
    sending.run("sms")
    assert fresh(row).state == "sent" and fresh(row).tries == 1
    assert Activity.objects.get(verb="dispatch.retried").actor_id == within.sam.pk
    with pytest.raises(Conflict):
        actions.retry(within.sam, row)


def test_what_was_kept_is_sent_once_the_channel_is_set_up(within, letter, provider):
    row = actions.queue(within.sam, letter())
    with pytest.raises(Conflict) as refused:
        actions.retry(within.sam, row)
    assert "not set up yet" in str(refused.value)
    set_up(within, provider)
    sending.run("sms")
    assert fresh(row).state == "kept"
    actions.retry(within.sam, row)
    sending.run("sms")
    assert fresh(row).state == "sent"


def test_many_at_once(within, letter, provider, django_assert_max_num_queries):
    rows = actions.queue_many(within.sam, [letter(str(number)) for number in range(30)])
    assert actions.retry_many(within.sam, state="kept") == (0, 0)
    set_up(within, provider)
    actions.cancel(within.sam, rows[0])
    with django_assert_max_num_queries(20):
        assert actions.retry_many(within.sam, state="kept", channel="sms") == (29, 0)
    sending.run("sms")
    assert len(provider.bodies) == 29


def test_what_waits_is_cancelled(within, sms, letter, provider, seen):
    row = actions.queue(within.sam, letter())
    actions.cancel(within.sam, row)
    actions.cancel(within.sam, row)
    sending.run("sms")
    assert fresh(row).state == "cancelled" and not provider.requests and seen == [(row.pk, "cancelled")]


def test_cancelling_is_taken_back(within, letter, provider):
    row = actions.queue(within.sam, letter())
    actions.cancel(within.sam, row)
    assert actions.retry(within.sam, row).state == "kept"
    set_up(within, provider)
    actions.cancel(within.sam, row)
    actions.retry(within.sam, row)
    sending.run("sms")
    assert fresh(row).state == "sent" and len(provider.bodies) == 1


def test_what_is_on_its_way_is_not(within, sms, letter, provider):
    row = actions.queue(within.sam, letter())
    sending.run("sms")
    with pytest.raises(Conflict):
        actions.cancel(within.sam, row)


def test_only_the_office_may(within, letter):
    row = actions.queue(within.sam, letter())
    for who in (within.cora, within.mia):
        for verb in (actions.retry, actions.cancel):
            with pytest.raises(Forbidden):
                verb(who, row)
        with pytest.raises(Forbidden):
            actions.retry_many(who)


def test_setting_up_is_for_admins_and_secrets_are_sealed(within, sms):
    row = ChannelSettings.objects.get()
    assert TOKEN not in row.secrets and row.secret("auth_token") == TOKEN
    with pytest.raises(Forbidden):
        actions.configure(within.sam, sms, {"senders": NUMBER})
    actions.configure(within.ana, sms, {"most_segments": 3}, {"auth_token": ""})
    row.refresh_from_db()
    assert row.secret("auth_token") == TOKEN and row.config["most_segments"] == 3 and row.config["senders"] == NUMBER


@pytest.mark.parametrize(
    ("config", "field"),
    [
        ({"account_sid": "x"}, "account_sid"),
        ({"senders": "12"}, "senders"),
        ({"senders": ",".join(f"+4031229{number:04}" for number in range(5000, 5030))}, "senders"),
        ({"server": "ftp://x"}, "server"),
        ({"most_segments": 11}, "most_segments"),
        ({"most_segments": "many"}, "most_segments"),
        ({"surprise": "x"}, "surprise"),
    ],
)
def test_bad_settings_are_refused_by_field(within, sms, config, field):
    from frontdesk.core.errors import Invalid

    before = ChannelSettings.objects.values().get()
    with pytest.raises(Invalid) as refused:
        actions.configure(within.ana, sms, config)
    assert list(refused.value.errors) == [field] and ChannelSettings.objects.values().get() == before


def test_the_outbox_is_the_offices(within, letter):
    """What a page would not let through, nobody else gets by another way."""
    row = actions.queue(within.sam, letter())
    assert access.get_dispatch(within.sam, row.pk) == row
    for other in (within.cora, within.greta):
        with pytest.raises(Forbidden):
            access.get_dispatch(other, row.pk)
