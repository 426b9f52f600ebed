"""People as they were at another time: read back from the spine, which knows what each change found before it."""

import copy
from collections.abc import Callable, Iterable
from datetime import datetime

from frontdesk.activity.queries import happened_since

from .models import Account, Member, MemberStatus


def _status(member: Member, data: dict) -> None:
    member.status = data.get("was") or MemberStatus.ACTIVE


def _role(member: Member, data: dict) -> None:
    member.role = data["from"]


def _options(owner, field: str, data: dict) -> None:
    layer = {**getattr(owner, field), **data["before"]}
    setattr(owner, field, {key: value for key, value in layer.items() if value is not None})


def _own_options(member: Member, data: dict) -> None:
    _options(member, "options", data)


# What takes a change of a member back, by its verb.
BACK: dict[str, Callable[[Member, dict], None]] = {
    "member.activated": _status,
    "member.deactivated": _status,
    "member.left": _status,
    "member.registered": _status,
    "member.sign_in_given": _status,
    "member.sign_in_taken": _status,
    "member.role": _role,
    "member.options": _own_options,
}
OF_ACCOUNT = "account.team_options"


def members_at(account: Account, members: Iterable[Member], at: datetime | None) -> list[Member]:
    """Copies of members as they were at a moment (None: as they are), without those who were not there yet."""
    then = copy.copy(account)
    there = [copy.copy(member) for member in members if at is None or member.created_at <= at]
    for member in there:
        member.account = then
    if at is None:
        return there
    known = {member.pk: member for member in there}
    for subject, verb, data in happened_since([*known, account.pk], [*BACK, OF_ACCOUNT], at):
        if verb == OF_ACCOUNT:
            _options(then, "team_options", data)
        else:
            BACK[verb](known[subject], data)
    return there


def signs_in(member: Member, at: datetime | None) -> bool:
    """Whether a member, as `members_at` gives them, is let in; of users only what holds now is known."""
    known = at is not None or member.user is None or member.user.is_active
    return member.status == MemberStatus.ACTIVE and known
