"""REST: the texts of mails, and the welcome."""

from uuid import UUID

from ninja import Router

from frontdesk.core.errors import Missing
from frontdesk.core.rest.answers import answer, no_content
from frontdesk.core.rest.operation import operation

from .. import access, actions, choices, queries
from ..permissions import ACCOUNT_EDIT, PORTAL_MANAGE
from . import schemas

router = Router(tags=["Mails"])
ONE = "/mails/{mail}/{language}"


def _shown(actor, kind, language: str) -> dict:
    if language not in choices.language_codes():
        raise Missing("language")
    text = queries.letter(actor, kind, language)
    seen = queries.preview(actor, kind, text, language)
    return {
        "mail": kind.key, "language": language, "subject": text.subject, "body": text.body, "own": text.own,
        "placeholders": {name: str(label) for name, label in kind.placeholders.items()},
        "preview": {"subject": seen.subject, "body": seen.body},
    }  # fmt: skip


@operation(router, "GET", "/mails", right=ACCOUNT_EDIT, answer=schemas.MailRows, summary="List mails")
def list_mails(request):
    """Every mail whose text can be changed, with the languages in which you wrote it yourself."""
    rows = queries.mails(request.actor)
    return answer({"data": [{"mail": kind.key, "label": str(kind.label), "written": own} for kind, own in rows]})


@operation(router, "GET", ONE, right=ACCOUNT_EDIT, answer=schemas.MailOut, summary="Show the text of a mail")
def show_mail(request, mail: str, language: str):
    """As it would be sent in that language, with a preview with your own values."""
    return answer(_shown(request.actor, access.get_mail(request.actor, mail), language))


@operation(router, "PUT", ONE, right=ACCOUNT_EDIT, answer=schemas.MailOut, summary="Write the text of a mail")
def change_mail(request, mail: str, language: str, body: schemas.MailIn):
    """Unknown placeholders are refused."""
    kind = access.get_mail(request.actor, mail)
    _shown(request.actor, kind, language)
    actions.change_letter(request.actor, kind, language, subject=body.subject, body=body.body)
    return answer(_shown(request.actor, kind, language))


@operation(router, "DELETE", ONE, right=ACCOUNT_EDIT, answer=schemas.MailOut, summary="Back to the default text")
def reset_mail(request, mail: str, language: str):
    """Drop your own text."""
    kind = access.get_mail(request.actor, mail)
    _shown(request.actor, kind, language)
    actions.reset_letter(request.actor, kind, language)
    return answer(_shown(request.actor, kind, language))


@operation(router, "POST", ONE + "/test", right=ACCOUNT_EDIT, status=204, summary="Send a mail to yourself")
def test_mail(request, mail: str, language: str):
    """As it is saved, with your own values."""
    kind = access.get_mail(request.actor, mail)
    _shown(request.actor, kind, language)
    actions.try_letter(request.actor, kind, language)
    return no_content()


@operation(
    router, "POST", "/members/{uuid:member_id}/welcome", right=PORTAL_MANAGE, obj="member", status=204,
    summary="Send the welcome",
)  # fmt: skip
def welcome(request, member_id: UUID):
    """To someone who is active and has an address; 409 says why not."""
    actions.send_welcome(request.actor, access.get_member(request.actor, member_id))
    return no_content()
