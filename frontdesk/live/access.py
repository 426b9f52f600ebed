"""Which topics somebody may follow: as each topic says, and nothing else."""

from collections.abc import Iterable
from uuid import UUID

from frontdesk.core.errors import Forbidden, Missing
from frontdesk.core.tenancy.context import account_context

from .topics import Topic, split, topics


def _may(topic: Topic, actor, key: UUID | None) -> bool:
    try:
        return topic.may_follow(actor, key)
    except (Forbidden, Missing):
        return False


def followed(actor, name: str) -> frozenset[str]:
    """The topics that a name stands for: itself, or those of a group; raises Missing where it may not be followed."""
    found = split(name)
    topic = topics.get(found[0]) if found else None
    if found is None or topic is None or not _may(topic, actor, found[1]):
        raise Missing("topic")
    if topic.expand is not None and found[1] is None:
        return frozenset(topic.expand(actor))
    return frozenset((name,))


def topics_of(actor, names: Iterable[str]) -> dict[str, frozenset[str]]:
    """What each of the names stands for, without those that may not be followed."""
    found = {}
    with account_context(actor.account_id):
        for name in names:
            try:
                found[name] = followed(actor, name)
            except Missing:
                continue
    return found
