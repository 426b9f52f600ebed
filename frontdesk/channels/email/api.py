"""REST: the mailbox that is read, and e-mails as they came."""

from datetime import datetime
from uuid import UUID

from ninja import Router

from frontdesk.core.errors import Conflict
from frontdesk.core.rest.answers import answer
from frontdesk.core.rest.operation import operation
from frontdesk.core.rest.schemas import Schema
from frontdesk.core.text import gettext as _

from .. import queries
from ..permissions import CONFIGURE, MAIL, VIEW
from . import access, actions, state

router = Router(tags=["Channels"])
BOX = "/channels/email/mailbox"


class MailboxOut(Schema):
    """How the mailbox was read last; `problem` is in words, "" when all is well. All is empty where none is read."""

    checked_at: datetime | None
    next_at: datetime | None
    taken: int
    problem: str
    detail: str


class ReceivedMailOut(Schema):
    """An e-mail as it came; `arrival` is its id. `html` runs nothing; pictures from elsewhere are in `data-remote`."""

    arrival: UUID
    sender: str
    subject: str
    verified: bool
    automatic: str
    html: str


def _box():
    box = state.box_of(queries.settings_row("email"))
    return answer(vars(box) if box else vars(state.Box(None, None, 0, "", "")))


@operation(router, "GET", BOX, right=VIEW, answer=MailboxOut, summary="Read how the mailbox is")
def read_mailbox(request):
    """When e-mails were taken in last, and what stands in the way."""
    return _box()


@operation(router, "POST", BOX, right=CONFIGURE, answer=MailboxOut, summary="Look through the mailbox now")
def look_now(request):
    """It happens in the background; read the mailbox a moment later."""
    if not actions.look_now(request.actor):
        raise Conflict(_("No mailbox is set up."))
    return _box()


@operation(
    router, "GET", "/mails/{uuid:arrival_id}", right=MAIL, obj="mail", answer=ReceivedMailOut,
    summary="Read an e-mail as it came",
)  # fmt: skip
def read_mail(request, arrival_id: UUID):
    """What it looks like, made harmless."""
    mail = access.get_mail(request.actor, arrival_id)
    return answer(
        {
            "arrival": mail.arrival_id, "sender": mail.sender, "subject": mail.subject, "verified": mail.verified,
            "automatic": mail.automatic, "html": mail.html,
        }
    )  # fmt: skip
