"""Reads for pages and API."""

import difflib
import re
from dataclasses import dataclass

from django.db.models import Count, Q

from frontdesk.core import paging
from frontdesk.core.fold import fold

from . import access, texts

CLOSE = 0.75
_WORDS = re.compile(r"[^\W_]+")


def _near(word: str, known: set[str]) -> float:
    """How well a typed word fits one of a topic's words: 1 for its beginning, less for a part or a slip."""
    if any(one.startswith(word) for one in known):
        return 1
    if len(word) > 2 and any(word in one for one in known):
        return 0.7
    return 0.5 if len(word) > 3 and difflib.get_close_matches(word, known, 1, CLOSE) else 0


def _score(topic: texts.Topic, wanted: list[str]) -> float:
    title, body = (set(_WORDS.findall(fold(part))) for part in (topic.title, topic.body))
    each = [max(3 * _near(word, title), _near(word, body)) for word in wanted]
    return sum(each) if all(each) else 0


def find(actor, query: str) -> list[texts.Topic]:
    """The reader's topics that hold every word of the query, slips of the pen allowed; the best first."""
    wanted = _WORDS.findall(fold(query))
    topics = access.topics_for(actor)
    if not wanted:
        return topics
    scored = [(_score(topic, wanted), topic) for topic in topics]
    return [topic for score, topic in sorted(scored, key=lambda pair: -pair[0]) if score]


@dataclass(frozen=True)
class Tally:
    """How many found a topic helpful, and how many did not."""

    key: str
    title: str
    yes: int
    no: int


def _title(key: str) -> str:
    return texts.topic(key).title if key in texts.all_keys() else key


def tallies(actor) -> list[Tally]:
    """The topics that were answered about, those that helped least first."""
    counts = access.answers_for(actor).values("topic").annotate(
        yes=Count("id", filter=Q(helpful=True)), no=Count("id", filter=Q(helpful=False))
    )  # fmt: skip
    found = [Tally(row["topic"], _title(row["topic"]), row["yes"], row["no"]) for row in counts]
    return sorted(found, key=lambda one: (-one.no, one.title))


def answers(actor, after: str = "", before: str = "", limit: int = paging.LIMIT) -> paging.Page:
    """What people said, newest first, each with its topic's title; raises Invalid for a bad cursor."""
    found = access.answers_for(actor).select_related("member")
    page = paging.page(found, ["-at", "-id"], after=after, before=before, limit=limit)
    for row in page.rows:
        row.title = _title(row.topic)
    return page
