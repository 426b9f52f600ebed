"""What happens in conversations, in words; never what was written."""

from frontdesk.activity.sentences import register, register_group
from frontdesk.core.text import gettext_lazy as _lazy

from .actions.calling import Outcome

BY_RULE = _lazy("The conversation went to %(member)s by the rule of the inbox")
STANDS_IN = _lazy("The conversation went to %(member)s, who stands in")
BACK = _lazy("The conversation went back to %(member)s")
TAKEN = _lazy("%(who)s took the conversation over")
GIVEN = _lazy("%(who)s gave the conversation to %(member)s")
CALLED = {
    Outcome.SPOKE: _lazy("%(who)s spoke on the phone"),
    Outcome.NO_ANSWER: _lazy("%(who)s called and nobody answered"),
    Outcome.VOICEMAIL: _lazy("%(who)s called and left a voicemail"),
    Outcome.CALLED_US: _lazy("%(who)s took a call"),
}


def _assigned(data: dict):
    """By whom the conversation was given to somebody: a rule, themselves, a colleague."""
    if "stands_in" in data or "back" in data:
        return STANDS_IN if "stands_in" in data else BACK
    return BY_RULE if "by_rule" in data else TAKEN if "taken" in data else GIVEN


MEMBER, TEAM = {"member": "member"}, {"team": "team"}
register_group("conversation", _lazy("Conversations"))
register("conversation.opened", icon="message", hue="green", sentence=_lazy("A conversation began"), aside=True)
register("conversation.reopened", icon="message", hue="green", sentence=_lazy("%(who)s reopened the conversation"))
register("conversation.closed", icon="check", sentence=_lazy("%(who)s closed the conversation"))
register("conversation.snoozed", icon="clock", sentence=_lazy("%(who)s snoozed the conversation"))
register("conversation.woken", icon="clock", sentence=_lazy("The snoozed conversation is open again"))
register("conversation.assigned", icon="user", names=MEMBER, sentence=_assigned)
register("conversation.unassigned", icon="user-minus", sentence=_lazy("%(who)s gave the conversation back"))
register(
    "conversation.given", icon="users", names=TEAM, sentence=_lazy("%(who)s gave the conversation to the team %(team)s")
)
register("conversation.called", icon="phone", sentence=lambda data: CALLED[data["outcome"]])
register("conversation.confirmed", icon="user-check", hue="green", sentence=_lazy("%(who)s confirmed the sender"))
register(
    "conversation.rule_changed",
    icon="settings",
    sentence=_lazy("%(who)s changed the rules of the inbox"),
)
register(
    "conversation.covered",
    icon="clock-pause",
    names={"member": "member", "deputy": "member"},
    sentence=_lazy("The open conversations of %(member)s, who is away, went to %(deputy)s"),
)
register(
    "conversation.returned",
    icon="user-check",
    names=MEMBER,
    sentence=_lazy("%(member)s is back and has their conversations again"),
)
