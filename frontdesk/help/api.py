"""REST: the help."""

from datetime import datetime
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from frontdesk.core.rest.answers import answer as answered
from frontdesk.core.rest.operation import operation
from frontdesk.core.rest.schemas import Input, Paging, Schema

from . import access, actions, permissions, queries

router = Router(tags=["Help"])


class TopicQuery(Schema):
    """Words to find; slips of the pen are allowed."""

    q: str = Field("", max_length=100)


class TopicOut(Schema):
    """A topic in the caller's language; the text is in a little Markdown."""

    key: str
    title: str
    text: str


class TopicRows(Schema):
    """The topics that the caller may read."""

    data: list[TopicOut]


class AnswerIn(Input):
    """Whether a topic was of use."""

    helpful: bool
    comment: str = Field("", max_length=2000)


class AnswerOut(Schema):
    """What somebody said about a topic."""

    id: UUID
    topic: str
    member: UUID
    name: str
    helpful: bool
    comment: str
    at: datetime


class AnswerRows(Schema):
    """Newest first; `next` is the `after` of the following page, null on the last."""

    data: list[AnswerOut]
    next: str | None


class TallyOut(Schema):
    """How many found a topic helpful, and how many did not."""

    key: str
    title: str
    yes: int
    no: int


class TallyRows(Schema):
    """The topics that were answered about, those that helped least first."""

    data: list[TallyOut]


def _topic(one) -> dict:
    return {"key": one.key, "title": one.title, "text": one.body}


def _answer(one) -> dict:
    said = {key: getattr(one, key) for key in ("topic", "helpful", "comment", "at")}
    return {"id": one.pk, "member": one.member_id, "name": one.member.name, **said}


@operation(router, "GET", "/help/topics", right=permissions.READ, answer=TopicRows, summary="List help topics")
def list_topics(request, query: Query[TopicQuery]):
    """The topics of the help, or those that hold every word of `q`."""
    return answered({"data": [_topic(one) for one in queries.find(request.actor, query.q)]})


@operation(router, "GET", "/help/topics/{topic}", right=permissions.READ, answer=TopicOut, summary="Show a help topic")
def show_topic(request, topic: str):
    """One topic."""
    return answered(_topic(access.get_topic(request.actor, topic)))


@operation(
    router, "POST", "/help/topics/{topic}/answer", right=permissions.ANSWER, answer=AnswerOut, status=201,
    summary="Answer about a help topic",
)  # fmt: skip
def give_answer(request, topic: str, body: AnswerIn):
    """Say whether a topic was of use; a second answer replaces the first."""
    found = access.get_topic(request.actor, topic)
    return answered(_answer(actions.answer(request.actor, found, body.helpful, body.comment)), 201)


@operation(router, "GET", "/help/answers", right=permissions.ANSWERS, answer=AnswerRows, summary="List help answers")
def list_answers(request, query: Query[Paging]):
    """What people of the account said about the topics."""
    found = queries.answers(request.actor, after=query.after, limit=query.limit)
    return answered({"data": [_answer(one) for one in found.rows], "next": found.after})


@operation(router, "GET", "/help/tallies", right=permissions.ANSWERS, answer=TallyRows, summary="Count help answers")
def list_tallies(request):
    """For each topic how many found it helpful."""
    return answered({"data": [vars(one) for one in queries.tallies(request.actor)]})
