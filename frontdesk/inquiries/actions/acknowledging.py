"""Telling somebody that their inquiry came."""

import html

from frontdesk.accounts.mails import written
from frontdesk.accounts.models import Account, System
from frontdesk.channels.actions import Letter, queue
from frontdesk.channels.models import Dispatch
from frontdesk.channels.registry import Reach
from frontdesk.clients.subscriptions.rule import TRANSACTIONAL
from frontdesk.conversations.models import Conversation

from ..acknowledgement import INQUIRY, values
from ..models import Inquiry, InquiryForm
from ..wording import wording

CAUSE = "inquiry"


def acknowledge(account: Account, form: InquiryForm, inquiry: Inquiry, email: str) -> Dispatch:
    """Queue the letter in the language in use, once for each inquiry; an answer to it finds the conversation.

    It says nothing that the sender typed, not even their name, so that nobody has a stranger sent words of theirs.
    """
    text = written(account, INQUIRY, values(account.name, wording(form, account.name).title))
    conversation = Conversation.objects.filter(client_id=inquiry.client_id, former=False).first()
    paragraphs = "".join(f"<p>{html.escape(one)}</p>" for one in text.paragraphs)
    made = Letter(
        channel="email", reach=Reach(email, email), subject=text.subject, text=text.body, html=paragraphs,
        cause=CAUSE, cause_id=inquiry.pk, key=f"{CAUSE}:{inquiry.pk}", purpose=TRANSACTIONAL, client=inquiry.client,
        thread=conversation.pk if conversation else None,
        headers={"Auto-Submitted": "auto-replied", "Content-Language": inquiry.language},
    )  # fmt: skip
    return queue(System(account), made)
