"""REST: live updates. The stream itself is `/rt/stream`, described in docs/live.md."""

from typing import Literal

from ninja import Router
from pydantic import Field

from frontdesk.core.rest.answers import answer, no_content
from frontdesk.core.rest.operation import operation
from frontdesk.core.rest.schemas import Input, Schema

from . import actions, permissions, queries

router = Router(tags=["Live"])


class LiveTopicOut(Schema):
    """Something to follow by its name, and the topics of events that it stands for now."""

    name: str
    topics: list[str]


class LiveTopicRows(Schema):
    """`after` is where the stream stands: `/rt/stream?follow=…&after=…` tells everything from here on."""

    data: list[LiveTopicOut]
    after: str


class TypingIn(Input):
    """Where somebody is typing."""

    topic: str = Field(max_length=100)
    kind: Literal["typing", "looking", "answering"] = "typing"


@operation(
    router, "GET", "/live/topics", right=permissions.FOLLOW, answer=LiveTopicRows, summary="List topics to follow"
)  # fmt: skip
def list_topics(request):
    """What this token may follow in the stream by a name alone; one object's topic is `name:<its id>`."""
    after = queries.newest(request.actor.account_id)
    return answer({"data": queries.groups(request.actor), "after": after})


@operation(
    router, "POST", "/live/typing", right=permissions.TELL, status=204, summary="Show that you are typing"
)  # fmt: skip
def typing(request, body: TypingIn):
    """Shows the followers of a topic for five seconds that you are typing. Told once a second at most."""
    actions.type_in(request.actor, body.topic, body.kind)
    return no_content()
