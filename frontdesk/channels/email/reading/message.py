"""One mail, from its bytes to what Frontdesk needs of it."""

import hashlib
import re
from email import policy
from email.message import Message
from email.parser import BytesParser
from pathlib import Path

from frontdesk.core.fold import clean_block

from . import markup, quoting
from .automatic import automatic
from .bounces import failure
from .charsets import decode
from .headers import addresses, decoded, ids, moment, value, values
from .parts import Taken, take
from .task import Limits, Mail, Task
from .vouching import disowned, findings, vouched

_NESTS = re.compile(rb"boundary\s*=|boundary\*|message/(?:rfc822|partial|external|global|news)", re.I)
_BLANK = re.compile(rb"\r?\n\r?\n|\r\r")
_RECIPIENTS = (
    "Delivered-To",
    "X-Original-To",
    "Envelope-To",
    "X-Envelope-To",
    "X-Delivered-To",
    "To",
    "Cc",
    "Resent-To",
)
_MOST_PARAMETERS = 60
TOO_LARGE, NO_SENDER, NOT_A_MAIL = "too_large", "no_sender", "not_a_mail"


class _Headers(policy.Compat32):
    """Headers as they came, with no more parameters than anybody writes: taking them apart costs their square."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        if name.lower().startswith("content-"):
            value = ";".join(value.split(";", _MOST_PARAMETERS)[:_MOST_PARAMETERS])
        return name, value


def read(task: Task) -> Mail:
    """The mail in a file; its files are written into the task's folder."""
    raw = Path(task.path).read_bytes()
    if len(raw) > task.limits.raw_bytes:
        return Mail(refused=TOO_LARGE)
    head, body = _divided(raw, task.limits)
    odd = task.whole or len(_NESTS.findall(body)) > task.limits.boundaries
    mail = BytesParser(policy=_Headers()).parsebytes(head if odd else head + body)
    made = _headed(mail, task)
    if made.refused:
        return made
    if odd:
        _whole(made, raw, body, task)
    else:
        _filled(made, mail, task)
        if body.strip() and not (made.text or made.quoted or made.html or made.files):
            _whole(made, raw, body, task)
    made.fingerprint = _fingerprint(made, mail)
    return made


def _divided(raw: bytes, limits: Limits) -> tuple[bytes, bytes]:
    """Head and body; a head beyond its limits loses what comes last."""
    found = _BLANK.search(raw, 0, limits.header_bytes)
    end = found.start() if found else min(len(raw), limits.header_bytes)
    body = raw[found.end() :] if found else (raw[end:] if end == limits.header_bytes else b"")
    lines = raw[:end].replace(b"\0", b"").splitlines()[: 4 * limits.headers]
    return b"\r\n".join(lines) + b"\r\n\r\n", body


def _headed(mail: Message, task: Task) -> Mail:
    """What the headers say."""
    senders = [one for raw in values(mail, "From") for one in addresses(raw)]
    if not senders:
        return Mail(refused=NO_SENDER if values(mail, "From") or values(mail, "Subject") else NOT_A_MAIL)
    name, sender = senders[0]
    fields, found = len(values(mail, "From")), findings(mail, task.trusted)
    recipients = [address for header in _RECIPIENTS for raw in values(mail, header) for _, address in addresses(raw)]
    return Mail(
        sender=sender, sender_name=name, vouched=vouched(found, sender, max(len(senders), fields)),
        disowned=disowned(found),
        recipients=list(dict.fromkeys(recipients))[:100], message_id=next(iter(ids(value(mail, "Message-ID"))), ""),
        answers=_answers(mail), sent_at=moment(value(mail, "Date")), subject=decoded(value(mail, "Subject"))[:300],
        automatic=automatic(mail, sender), failure=failure(mail, sender),
    )  # fmt: skip


def _answers(mail: Message) -> list[str]:
    """Which mails it answers, the nearest first."""
    return list(dict.fromkeys([*ids(value(mail, "In-Reply-To")), *reversed(ids(value(mail, "References")))]))


def _filled(made: Mail, mail: Message, task: Task) -> None:
    taken = take(mail, Path(task.folder), task.limits)
    text = "\n\n".join(text for text in taken.texts if text.strip())
    if taken.documents:
        _document(made, taken, task.limits)
    if text.strip():
        made.text, made.quoted = quoting.split(clean_block(text))
    elif not taken.documents:
        made.text, made.quoted = "", ""
    _bounded(made, task.limits)
    made.files = taken.files


def _document(made: Mail, taken: Taken, limits: Limits) -> None:
    found = markup.read("\n<hr>\n".join(taken.documents), taken.pictures, limits.html_chars)
    made.html = found.html
    own, more = quoting.split(clean_block(found.text))
    made.text, made.quoted = own, "\n".join(part for part in (more, clean_block(found.quoted)) if part)
    for file in taken.files:
        file.inline = file.content_id in found.used and file.content_id in taken.pictures


def _whole(made: Mail, raw: bytes, body: bytes, task: Task) -> None:
    """A mail that is nested to do harm: its beginning as text, all of it as a file."""
    taken = Taken(Path(task.folder), task.limits)
    taken.keep("message.eml", "message/rfc822", raw)
    made.text, made.files, made.kept_whole = clean_block(decode(body[:4000])), taken.files, True


def _bounded(made: Mail, limits: Limits) -> None:
    if not made.text and made.quoted and not made.files and not made.failure:
        made.text, made.quoted = made.quoted, ""
    made.text, made.quoted = made.text[: limits.text_chars], made.quoted[: limits.text_chars]


def _fingerprint(made: Mail, mail: Message) -> str:
    """The same for two copies of one mail that came by different ways."""
    said = [made.message_id, made.sender, value(mail, "Date"), made.subject, made.text, made.quoted, made.html]
    sizes = [f"{file.name} {file.size}" for file in made.files]
    return hashlib.sha256("\0".join([*said, *sizes]).encode("utf-8", "replace")).hexdigest()
