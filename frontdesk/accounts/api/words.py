"""REST: the account's own words for client, co-worker, job and session."""

from typing import Literal

from ninja import Router
from pydantic import Field

from frontdesk.core.rest.answers import answer
from frontdesk.core.rest.operation import operation
from frontdesk.core.rest.schemas import Input, Schema
from frontdesk.core.words import FORMS, TERMS, default_words

from .. import actions
from ..permissions import ACCOUNT_EDIT, ACCOUNT_VIEW
from ..words import ready
from .schemas import Line

router = Router(tags=["Account"])
TermName = Literal["client", "coworker", "job", "session"]


class WordIn(Input):
    """A term's word. `gender` is m, f or n in languages that have one; forms left out are worked out."""

    one: Line
    many: Line
    gender: Literal["", "m", "f", "n"] = ""
    a_one: Line = ""
    the_one: Line = ""
    of_the_one: Line = ""
    the_many: Line = ""
    of_the_many: Line = ""


class WordOut(Schema):
    """A term's word in every form; `own` tells whether the account chose it."""

    one: str
    many: str
    a_one: str
    the_one: str
    of_the_one: str
    the_many: str
    of_the_many: str
    gender: str = ""
    own: bool = False


class LanguageWords(Schema):
    """The words in one language."""

    language: str
    words: dict[TermName, WordOut]


class WordsOut(Schema):
    """The words in every language."""

    data: list[LanguageWords]


class WordSet(Schema):
    """A ready-made set: its words in the languages that have it."""

    key: str
    data: list[LanguageWords]


class WordSets(Schema):
    """The ready-made sets."""

    data: list[WordSet]


class WordsIn(Input):
    """Own words by language and term, all that there shall be; what is left out is called as built in."""

    words: dict[str, dict[TermName, WordIn]] = Field(default_factory=dict)


class WordSetIn(Input):
    """The key of a ready-made set."""

    set: Line


def _word(language: str, term: str, own: dict[str, str]) -> dict:
    built_in = default_words(language)[term]
    forms = {form: own.get(form) or built_in[form] for form in FORMS}
    return {**forms, "gender": own.get("gender", ""), "own": bool(own)}


def _shown(words: dict) -> list[dict]:
    return [
        {"language": code, "words": {term: _word(code, term, words.get(code, {}).get(term, {})) for term in TERMS}}
        for code in ready.languages()
    ]


@operation(router, "GET", "/account/words", right=ACCOUNT_VIEW, answer=WordsOut, summary="List words")
def show(request):
    """How the account calls clients, co-workers, jobs and sessions, in each language and form."""
    return answer({"data": _shown(request.actor.account.words)})


@operation(router, "PUT", "/account/words", right=ACCOUNT_EDIT, answer=WordsOut, summary="Change words")
def change(request, body: WordsIn):
    """Replace the account's own words in every language; an empty object goes back to the built-in ones."""
    return answer({"data": _shown(actions.change_words(request.actor, body.dict()["words"]).words)})


@operation(router, "GET", "/account/words/sets", right=ACCOUNT_VIEW, answer=WordSets, summary="List ready-made words")
def sets(request):
    """Sets of words for kinds of business."""
    return answer({"data": [{"key": key, "data": _shown(ready.ready_words(key))} for key in ready.set_keys()]})


@operation(
    router, "POST", "/account/words/set", right=ACCOUNT_EDIT, answer=WordsOut, summary="Take ready-made words"
)  # fmt: skip
def take(request, body: WordSetIn):
    """Replace the account's own words with a ready-made set."""
    return answer({"data": _shown(actions.use_ready_words(request.actor, body.set).words)})
