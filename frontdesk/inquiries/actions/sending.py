"""Somebody sends an inquiry: checked, then all of it in one transaction."""

import json
import re
import uuid
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils import timezone

from frontdesk.accounts.mails import speaking
from frontdesk.accounts.models import Account, System
from frontdesk.activity.sentences import AUTOMATIC
from frontdesk.activity.spine import record
from frontdesk.conversations.actions import Words, assign, note, take, unproven
from frontdesk.conversations.models import Conversation, Envelope, State
from frontdesk.conversations.senders import Sender
from frontdesk.core import emails, phones
from frontdesk.core.checks import Errors
from frontdesk.core.reader import language
from frontdesk.core.text import gettext as _
from frontdesk.messaging.actions.posting import MessageInput

from ..form_channel import FORM
from ..models import Ask, Inquiry, InquiryForm
from ..wording import marks_said, wording
from .acknowledging import acknowledge

LONGEST_MESSAGE, LONGEST_NAME = 5000, 120
MOST_LINKS = 3
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
_CODE = re.compile(r"\[(url|link)\b|<a\s", re.IGNORECASE)


@dataclass(frozen=True)
class Typed:
    """What somebody typed; `trap` is the field that people do not see."""

    name: str = ""
    email: str = ""
    phone: str = ""
    topic: str = ""
    message: str = ""
    agreed: bool = False
    trap: str = ""

    def key(self, page: uuid.UUID) -> uuid.UUID:
        """What makes it one inquiry: the page on which it was written, and the words.

        Who goes back in the browser and writes something else sends something else.
        """
        return uuid.uuid5(page, json.dumps(asdict(self), sort_keys=True))


@dataclass(frozen=True)
class Checked:
    """What is sent: by whom, about what, and why it is suspected."""

    sender: Sender
    topic: str
    message: str
    marks: list[str]


def check(account: Account, form: InquiryForm, typed: Typed) -> Checked:
    """What was typed, cleaned; raises Invalid with the reasons by field."""
    errors = Errors()
    name = errors.line("name", typed.name, LONGEST_NAME, required=True)
    email, phone = _email(errors, form, typed.email), _phone(errors, form, typed.phone, account.country)
    asks_both = Ask.REQUIRED not in (form.email, form.phone)
    if asks_both and not (email or phone) and not {"email", "phone"} & set(errors.found):
        field = "email" if form.email != Ask.NO else "phone"
        errors.add(field, _("Say how we can reach you."))
    topic = errors.line("topic", typed.topic, 200, required=bool(form.topics))
    if topic and topic not in form.topics:
        errors.add("topic", _("Choose one from the list."))
    message = errors.block("message", typed.message, LONGEST_MESSAGE, required=True)
    if not typed.agreed:
        errors.add("agreed", _("We need your consent to keep what you write."))
    errors.raise_any()
    marks = marks_of(name, message, typed.trap)
    return Checked(Sender(name, email, phone, language()), topic, message, marks)


def _email(errors: Errors, form: InquiryForm, typed: str) -> str:
    text = errors.line("email", typed, 254, required=form.email == Ask.REQUIRED) if form.email != Ask.NO else ""
    try:
        return emails.parse(text) if text else ""
    except emails.BadEmail:
        errors.add("email", _("This is not an e-mail address."))
        return ""


def _phone(errors: Errors, form: InquiryForm, typed: str, country: str) -> str:
    text = errors.line("phone", typed, 60, required=form.phone == Ask.REQUIRED) if form.phone != Ask.NO else ""
    try:
        return phones.parse(text, country).e164 if text else ""
    except phones.BadPhone:
        errors.add("phone", _("This is not a phone number. Write it with its country code, as in +40 745 112 908."))
        return ""


def marks_of(name: str, message: str, trap: str) -> list[str]:
    """Why something looks like advertising; a person's inquiry may, so that it is marked and never refused."""
    found = {
        "trap": bool(trap.strip()), "links": len(_LINK.findall(message)) > MOST_LINKS,
        "name": bool(_LINK.search(name)), "code": bool(_CODE.search(message)),
    }  # fmt: skip
    return [mark for mark, there in found.items() if there]


def sent_before(key: uuid.UUID) -> bool:
    """Whether the inquiry with this key is here."""
    return Inquiry.objects.filter(key=key).exists()


def send(
    account: Account, form: InquiryForm, checked: Checked, key: uuid.UUID, files: Iterable[uuid.UUID] = (), *,
    letter_left: Callable[[], bool] | None = None,
) -> Inquiry:  # fmt: skip
    """Open a conversation with a prospect; the same key sends once. Raises Invalid for files that are gone.

    Nobody vouches for the sender, so they get a prospect of their own, whoever they say they are. They are told by
    e-mail, in the language in use, where `letter_left` says that their address may still get a letter.
    """
    with transaction.atomic():
        # Who comes second waits here, and finds what the first one made.
        InquiryForm.objects.select_for_update().get(pk=form.pk)
        known = Inquiry.objects.select_related("client").filter(key=key).first()
        if known is not None:
            return known
        made = _send(System(account), form, checked, key, files)
        if letter_left and checked.sender.email and not made.suspected and letter_left():
            acknowledge(account, form, made, checked.sender.email)
        return made


def _send(actor: System, form: InquiryForm, checked: Checked, key: uuid.UUID, files: Iterable[uuid.UUID]) -> Inquiry:
    conversation, contact_id = unproven(actor, checked.sender)
    if form.team_id and conversation.team_id is None and conversation.assignee_id is None:
        assign(actor, conversation, team=form.team_id)
    made = Inquiry.objects.create(
        account_id=actor.account_id, client=conversation.client, form=form, key=key, at=timezone.now(),
        language=checked.sender.language, topic=checked.topic, consent=wording(form, actor.account.name).consent,
        suspected=bool(checked.marks), marks=checked.marks,
    )  # fmt: skip
    data = {"form": str(form.pk)} | ({"suspected": checked.marks} if checked.marks else {})
    record(actor, "inquiry.received", subject_id=made.pk, client_id=conversation.client_id, data=data)
    envelope = Envelope(
        outgoing=False, channel=FORM, address=checked.sender.address, contact_id=contact_id, subject=checked.topic,
        arrival=key, verified=False, automatic=bool(checked.marks),
    )  # fmt: skip
    text = f"{checked.topic}\n\n{checked.message}" if checked.topic else checked.message
    take(actor, conversation, envelope, Words(text, checked.sender.name, files))
    if checked.marks:
        _warn(actor, conversation, checked.marks)
    return made


def _warn(actor: System, conversation: Conversation, marks: list[str]) -> None:
    """Say in a note why the conversation was not opened, in the language of the business."""
    with speaking(actor.account, actor.account.language):
        if conversation.state == State.CLOSED:
            said = _(
                "This inquiry looks like advertising: it %(marks)s. Nobody was told of it. Reopen the conversation if "
                "it is real.", marks=marks_said(marks),
            )  # fmt: skip
        else:
            said = _(
                "This inquiry looks like advertising: it %(marks)s. Nobody was told of it.", marks=marks_said(marks)
            )
        note(actor, conversation, MessageInput(said, key=uuid.uuid4(), signed=str(AUTOMATIC), plain=True))
