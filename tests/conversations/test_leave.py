"""What a colleague has who leaves, or serves the client no more, reaches somebody else; and who is told (M4, X11)."""

import pytest

from frontdesk.accounts.actions import members
from frontdesk.accounts.actions.away import AwayInput, set_away
from frontdesk.accounts.actions.options import set_member_options, set_team_options
from frontdesk.activity.models import Activity
from frontdesk.clients import actions as clients
from frontdesk.conversations import access, actions, queries
from frontdesk.conversations.actions import RuleInput
from frontdesk.conversations.kind import responsible
from frontdesk.conversations.models import Conversation
from frontdesk.core.jobs.worker import run_due
from frontdesk.notify.models import Notice
from frontdesk.notify.queries import newest
from frontdesk.teams.actions import TeamInput, add_team

from .talks import arrive, mail


@pytest.fixture
def asked(within):
    """Maria, whom Cora serves, has written."""
    return arrive(within.account, mail())


def give(within, conversation, member) -> None:
    actions.assign(within.ana, access.writable(within.ana, conversation.pk), member=member.pk)


def test_what_a_colleague_has_who_leaves_goes_to_others_at_once(within, asked):
    give(within, asked, within.sam)
    members.deactivate(within.ana, within.sam)
    run_due()
    asked.refresh_from_db()
    assert asked.assignee_id == within.cora.pk
    assert responsible(asked) == {within.cora.pk} and queries.waiting_count(within.cora) == 1


def test_who_gets_all_that_a_colleague_had_is_told_once(within, asked):
    other = arrive(within.account, mail("victor@example.com"))
    clients.assign(within.ana, within.victor, [within.cora.pk])
    for one in (asked, other):
        give(within, one, within.sam)
    members.deactivate(within.ana, within.sam)
    run_due()
    told = Notice.objects.filter(member=within.cora, kind="conversations.assigned", key__endswith=str(within.sam.pk))
    assert [one.count for one in told] == [2]
    assert "2 conversations are yours now" in [row.wording.title for row in newest(within.cora)]


def test_a_message_finds_somebody_also_before_that(within, asked):
    give(within, asked, within.sam)
    members.deactivate(within.ana, within.sam)
    asked.refresh_from_db()
    assert responsible(asked) == {within.cora.pk}
    assert arrive(within.account, mail(text="And?")).assignee_id == within.cora.pk


def test_whoever_serves_the_client_no_more_has_it_no_more(within, asked):
    clients.unassign(within.ana, within.maria, within.cora.pk)
    assert queries.waiting_count(within.cora) == 0
    assert responsible(asked) == {within.ana.pk}
    run_due()
    asked.refresh_from_db()
    assert asked.assignee_id is None and queries.waiting_count(within.ana) == 1
    assert "member" in Activity.objects.get(verb="conversation.unassigned").data


def test_a_role_that_sees_less_gives_up_what_it_does_not_see(within, asked):
    give(within, asked, within.sam)
    other = arrive(within.account, mail("victor@example.com"))
    give(within, other, within.sam)
    clients.assign(within.ana, within.victor, [within.sam.pk])
    members.change_role(within.ana, within.sam, "coworker")
    run_due()
    assert Conversation.objects.get(pk=asked.pk).assignee_id == within.cora.pk
    assert Conversation.objects.get(pk=other.pk).assignee_id == within.sam.pk


def test_a_coworker_who_may_see_all_clients_keeps_what_is_theirs(within, asked):
    set_member_options(within.ana, within.cole, {"see_all_clients": True})
    give(within, asked, within.cole)
    assert arrive(within.account, mail(text="And?")).assignee_id == within.cole.pk
    set_member_options(within.ana, within.cole, {"see_all_clients": False})
    run_due()
    asked.refresh_from_db()
    assert asked.assignee_id == within.cora.pk


def test_a_team_that_sees_all_clients_no_more_gives_up_what_it_does_not_see(within, asked):
    set_team_options(within.ana, {"see_all_clients": True})
    give(within, asked, within.cole)
    run_due()
    asked.refresh_from_db()
    assert asked.assignee_id == within.cole.pk
    set_team_options(within.ana, {"see_all_clients": False})
    run_due()
    asked.refresh_from_db()
    assert asked.assignee_id == within.cora.pk


def test_a_client_who_writes_takes_it_from_nobody(within, asked):
    actions.set_rule(within.ana, RuleInput("nobody"))
    members.deactivate(within.ana, within.cora)
    assert arrive(within.account, mail(text="And?")).assignee_id is None
    assert Activity.objects.get(verb="conversation.unassigned").actor_id is None


def test_who_stood_in_and_leaves_gives_back(within, asked):
    set_away(within.cora, within.cora, AwayInput(deputy=within.sam.pk))
    run_due()
    members.deactivate(within.ana, within.sam)
    run_due()
    asked.refresh_from_db()
    assert (asked.assignee_id, asked.handed_by_id) == (within.cora.pk, None)
    assert responsible(asked) == {within.cora.pk}


@pytest.mark.parametrize("hindered", ["does not serve", "left", "away"])
def test_who_cannot_stand_in_is_not_told_instead(within, asked, hindered):
    deputy = within.cole if hindered == "does not serve" else within.sam
    set_away(within.cora, within.cora, AwayInput(deputy=deputy.pk))
    if hindered == "left":
        members.deactivate(within.ana, deputy)
    elif hindered == "away":
        set_away(deputy, deputy, AwayInput())
    assert responsible(asked) == {within.cora.pk}


def test_who_can_stand_in_is_told(within, asked):
    set_away(within.cora, within.cora, AwayInput(deputy=within.sam.pk))
    assert responsible(asked) == {within.sam.pk}


def test_of_a_team_only_those_are_told_who_see_the_client(within, asked):
    team = add_team(within.ana, TeamInput("Field", members=(within.cole.pk,)))
    actions.assign(within.ana, access.writable(within.ana, asked.pk), team=team.pk)
    asked.refresh_from_db()
    assert responsible(asked) == {within.cora.pk}
