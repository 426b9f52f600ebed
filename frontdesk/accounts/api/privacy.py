"""REST: the privacy notice of the account."""

from datetime import datetime

from ninja import Router
from pydantic import Field

from frontdesk.core.rest.answers import answer
from frontdesk.core.rest.operation import operation
from frontdesk.core.rest.schemas import Input, Schema

from .. import actions
from ..permissions import ACCOUNT_EDIT, ACCOUNT_VIEW
from ..privacy import notices

router = Router(tags=["Account"])


class NoticeOut(Schema):
    """The notice in one language; `changed_at` is null for the text that Frontdesk proposes."""

    language: str
    text: str
    changed_at: datetime | None


class NoticeRows(Schema):
    """The notice in every language."""

    data: list[NoticeOut]


class NoticeIn(Input):
    """The notice's text; an empty one goes back to the proposal."""

    text: str = Field(max_length=100_000)


def _rows(request) -> dict:
    return {"data": [{"language": code, **one._asdict()} for code, one in notices(request.actor.account).items()]}


@operation(router, "GET", "/account/privacy", right=ACCOUNT_VIEW, answer=NoticeRows, summary="Show the privacy notice")
def show(request):
    """What people are told about their data, in each language."""
    return answer(_rows(request))


@operation(
    router, "PUT", "/account/privacy/{language}", right=ACCOUNT_EDIT, answer=NoticeRows,
    summary="Change the privacy notice",
)  # fmt: skip
def change(request, language: str, body: NoticeIn):
    """Replace the notice in one language."""
    actions.change_privacy(request.actor, language, body.text)
    return answer(_rows(request))
