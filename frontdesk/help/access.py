"""Who may read which topic, and what is said about them: the only place that decides."""

from django.db.models import QuerySet

from frontdesk.core.errors import Forbidden, Missing

from . import permissions, texts
from .models import Answer


def require(actor, right: str) -> None:
    """Raise Forbidden unless the actor holds the right."""
    if not actor.may(right):
        raise Forbidden(right)


def _audiences(actor) -> set[str]:
    if actor is None:
        return {"everyone"}
    own = {"portal": actor.is_portal, "team": actor.is_team, "office": actor.is_office}
    return {"everyone", *(name for name, belongs in own.items() if belongs)}


def topics_for(actor) -> list[texts.Topic]:
    """The topics that a reader may see, by title; `actor` is None for somebody who has not signed in."""
    mine = [key for key in texts.all_keys() if texts.readers_of(key) in _audiences(actor)]
    return sorted((texts.topic(key) for key in mine), key=lambda topic: topic.title.casefold())


def get_topic(actor, key: str) -> texts.Topic:
    """One of them; raises Missing."""
    if key not in texts.all_keys() or texts.readers_of(key) not in _audiences(actor):
        raise Missing("topic")
    return texts.topic(key)


def answers_for(actor) -> QuerySet[Answer]:
    """What people of the account say about the topics; raises Forbidden."""
    require(actor, permissions.ANSWERS)
    return Answer.objects.filter(account_id=actor.account_id)
