"""REST: the rules of the inbox."""

from frontdesk.core.rest.answers import answer
from frontdesk.core.rest.operation import operation

from .. import actions, permissions
from ..models import InboxRule
from ..routing import rule_of
from . import router, schemas

RULE = "/inbox/rule"


def _out(kept: InboxRule) -> dict:
    return {"rule": kept.rule, "team": kept.team_id, "away_reply": kept.away_reply}


@operation(
    router, "GET", RULE, right=permissions.CONFIGURE, answer=schemas.InboxRuleOut, summary="Read the rules of the inbox"
)  # fmt: skip
def get_rule(request):
    """To whom new work goes."""
    return answer(_out(rule_of()))


@operation(
    router, "PUT", RULE, right=permissions.CONFIGURE, answer=schemas.InboxRuleOut, summary="Set the rules of the inbox"
)  # fmt: skip
def put_rule(request, body: schemas.InboxRuleIn):
    """What somebody has already stays theirs."""
    return answer(_out(actions.set_rule(request.actor, actions.RuleInput(**body.dict()))))
