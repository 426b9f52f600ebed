"""The account's rules of the inbox: to whom new work goes, and when clients hear that somebody is away."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from frontdesk.activity.spine import record
from frontdesk.core.checks import Errors
from frontdesk.core.text import gettext as _
from frontdesk.teams.models import Team

from .. import access, permissions
from ..models import InboxRule


@dataclass(frozen=True)
class RuleInput:
    """To whom new work goes: `rule` is one of InboxRule.Rule, `team` the team of the rule that has one.

    `away_reply` is one of InboxRule.AwayReply; None leaves it as it is.
    """

    rule: str
    team: UUID | None = None
    away_reply: str | None = None


def _checked(typed: RuleInput) -> dict:
    errors, of_team = Errors(), typed.rule == InboxRule.Rule.TEAM
    rule = errors.choice("rule", typed.rule, InboxRule.Rule)
    if (of_team or typed.team) and not Team.objects.filter(pk=typed.team).exists():
        errors.add("team", _("Choose a team."))
    values = {"rule": rule, "team_id": typed.team if of_team else None}
    if typed.away_reply is not None:
        values["away_reply"] = errors.choice("away_reply", typed.away_reply, InboxRule.AwayReply)
    errors.raise_any()
    return values


def set_rule(actor, typed: RuleInput) -> InboxRule:
    """Choose to whom new work goes from now on; what somebody has already stays theirs. Raises Invalid, Forbidden."""
    access.require(actor, permissions.CONFIGURE)
    values = _checked(typed)
    with transaction.atomic():
        made, _is_new = InboxRule.objects.update_or_create(account_id=actor.account_id, defaults=values)
        team = str(made.team_id) if made.team_id else None
        data = {"rule": made.rule, "team": team, "away_reply": made.away_reply}
        record(actor, "conversation.rule_changed", subject_id=made.pk, data=data)
    return made
