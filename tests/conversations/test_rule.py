"""To whom new work of the inbox goes: chosen by admins, on a page and by API (M4)."""

import pytest
from django.urls import reverse

from frontdesk.activity.models import Activity
from frontdesk.conversations import actions
from frontdesk.conversations.actions import RuleInput
from frontdesk.conversations.models import InboxRule
from frontdesk.core.errors import Forbidden, Invalid
from frontdesk.teams.actions import TeamInput, add_team

from .talks import arrive, mail

PAGE, API = reverse("conversations:rule"), "/api/v1/inbox/rule"


@pytest.fixture
def office(within):
    """A team of Sam alone."""
    return add_team(within.ana, TeamInput("Office", members=(within.sam.pk,)))


def test_new_work_goes_to_the_chosen_team_and_the_log_tells(within, office):
    actions.set_rule(within.ana, RuleInput("team", office.pk))
    assert arrive(within.account, mail()).assignee_id == within.sam.pk
    assert Activity.objects.get(verb="conversation.rule_changed").data == {
        "rule": "team", "team": str(office.pk), "away_reply": "never",
    }  # fmt: skip


def test_nobody_gets_it_where_colleagues_choose(within, office):
    actions.set_rule(within.ana, RuleInput("team", office.pk))
    actions.set_rule(within.ana, RuleInput("nobody", office.pk))
    assert InboxRule.objects.get().team_id is None
    assert arrive(within.account, mail()).assignee_id is None


def test_a_rule_with_a_team_names_one_of_the_account(within):
    for typed in (RuleInput("team"), RuleInput("team", within.account.pk)):
        with pytest.raises(Invalid) as refused:
            actions.set_rule(within.ana, typed)
        assert set(refused.value.errors) == {"team"}
    with pytest.raises(Invalid):
        actions.set_rule(within.ana, RuleInput("whoever"))
    assert not InboxRule.objects.exists()


def test_only_admins_choose(within):
    for member in (within.sam, within.cora, within.mia):
        with pytest.raises(Forbidden):
            actions.set_rule(member, RuleInput("nobody"))


def test_the_page_saves_and_gives_back_what_is_refused(cast, browser_of):
    ana = browser_of(cast.ana)
    assert ana.get(PAGE).status_code == 200
    assert ana.post(PAGE, {"rule": "team", "team": ""}).status_code == 422
    assert ana.post(PAGE, {"rule": "nobody", "away_reply": "never"}).status_code == 302
    assert 'value="nobody" checked' in ana.get(PAGE).content.decode()


@pytest.mark.parametrize(("who", "status"), [("ana", 200), ("sam", 403), ("cora", 403), ("mia", 403)])
def test_the_api_is_for_admins(cast, api_of, who, status):
    caller = api_of(getattr(cast, who))
    assert caller.get(API).status_code == status
    answer = caller.put(API, {"rule": "nobody"}, content_type="application/json")
    assert answer.status_code == status
    if status == 200:
        assert answer.json() == {"rule": "nobody", "team": None, "away_reply": "never"}
