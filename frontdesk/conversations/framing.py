"""How a message leaves: what was written, in the account's frame and in the client's language.

What is previewed and what is sent come from the same function.
"""

from dataclasses import dataclass
from html import escape

from frontdesk.accounts import letters
from frontdesk.accounts.letters import Letter
from frontdesk.accounts.mails import speaking
from frontdesk.accounts.registry import MailKind, mail_kinds
from frontdesk.channels.queries import measure as measured
from frontdesk.channels.queries import signature
from frontdesk.channels.registry import Measure
from frontdesk.core.tenancy.prepared import Prepared
from frontdesk.core.text import gettext as _
from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.messaging.formatting import unmarked
from frontdesk.ui.formats import phone

from .models import Conversation, Envelope
from .reaching import Way

TEXT = "{text}"
SMS = "sms"


SUBJECT = Prepared(
    lambda thread_id: (
        Envelope.objects.filter(message__thread_id=thread_id)
        .exclude(subject="")
        .exclude(outgoing=True, automatic=True)
        .order_by("-message__number")
        .values_list("subject")[:1]
    )
)


@dataclass(frozen=True)
class Rendered:
    """A message as it leaves; `html` is "" where the channel has none, `subject` too."""

    subject: str
    text: str
    html: str
    language: str


def _sample(actor) -> dict[str, str]:
    account = actor.account
    return {
        "text": _("Your boiler is repaired. We can bring it on Thursday."), "name": _("Maria Ionescu"),
        "writer": actor.name, "business": account.name, "phone": phone(account.contact_phone, account.country),
        "email": account.contact_email,
    }  # fmt: skip


MAIL = MailKind(
    key="conversation", label=_lazy("E-mails of conversations"),
    text=_lazy("The frame of what leaves from the inbox by e-mail: greeting, signature"),
    placeholders={
        "text": _lazy("What was written"), "name": _lazy("Name of the contact who gets it"),
        "writer": _lazy("Name of whoever wrote it"), "business": _lazy("Name of your business"),
        "phone": _lazy("Phone number of your business"), "email": _lazy("E-mail address of your business"),
    },
    subject=_lazy("Message from {business}"), body=TEXT, action="", sample=_sample, required=frozenset({"text"}),
    order=50,
)  # fmt: skip


def rendered(actor, conversation: Conversation, way: Way, body: str, html: str, subject: str = "") -> Rendered:
    """What the client gets by a way; `html` is clean already, and nothing else in the frame is taken for HTML."""
    account = conversation.client.account
    language = conversation.client.language or account.language
    if not way.channel.has_subject:
        return Rendered("", signed(way.channel.key, unmarked(body)), html if way.channel.has_html else "", language)
    values = {
        "name": way.reach.name, "writer": actor.name or account.name, "business": account.name,
        "phone": phone(account.contact_phone, account.country), "email": account.contact_email,
    }  # fmt: skip
    with speaking(account, language):
        frame = letters.letter(account, MAIL, language)
    return Rendered(
        _subject(conversation, subject, letters.filled(frame, values | {"text": ""}).subject),
        _text(frame, values | {"text": body}), _html(frame, values, html), language,
    )  # fmt: skip


def _filled(text: str, values: dict[str, str]) -> str:
    """Filled, without the lines that a missing value leaves empty."""
    lines = [(line, letters.filled(Letter("", line), values).body) for line in text.split("\n")]
    return "\n".join(made for line, made in lines if made.strip() or not line.strip())


def _text(frame: Letter, values: dict[str, str]) -> str:
    return "\n\n".join(part for part in (_filled(one, values).strip("\n") for one in frame.paragraphs) if part)


def _html(frame: Letter, values: dict[str, str], html: str) -> str:
    """The frame as paragraphs, with the message as it is where its place is."""
    return "".join(_paragraph(one, values, html) for one in frame.paragraphs)


def _paragraph(text: str, values: dict[str, str], html: str) -> str:
    parts = letters.PLACEHOLDER.sub(lambda found: TEXT if found[1].strip() == "text" else found[0], text).split(TEXT)
    shown = [escape(_filled(part, values).strip()).replace("\n", "<br>") for part in parts]
    return html.join(f"<p>{part}</p>" if part else "" for part in shown)


def _subject(conversation: Conversation, subject: str, first: str) -> str:
    """The given subject, else that of the e-mail that somebody wrote before, else that of a first e-mail."""
    if subject.strip():
        return subject
    last = last_subject(conversation)
    if not last:
        return first
    return last if last.lower().startswith("re:") else f"Re: {last}"


def last_subject(conversation: Conversation) -> str:
    """The subject of the last e-mail that somebody wrote, "" before the first one."""
    found = SUBJECT(conversation.thread_id)
    return str(found[0][0]) if found else ""


def signed(channel: str, body: str) -> str:
    """A text message with the account's signature, if it has one."""
    mark = signature(channel) if channel == SMS and body.strip() else ""
    return f"{body.rstrip()}\n{mark}" if mark else body


def measure(channel: str, body: str) -> Measure | None:
    """What a text costs to send by a channel, with all that is added to it."""
    return measured(channel, signed(channel, unmarked(body)))


def register() -> None:
    """Called once at start-up."""
    mail_kinds.register(MAIL.key, MAIL)
