"""Reports that a mail of ours did not arrive: RFC 3464, and the plain ones that name it in their text."""

import re
from email.message import Message

from .charsets import parts_of, payload_of, text_of
from .headers import addresses, decoded, ids, value
from .task import Failure

_DAEMON = re.compile(r"^(mailer-daemon|postmaster|bounces?)([+.-]|@)", re.I)
_UNDELIVERED = re.compile(
    r"undeliver|delivery (status notification|failure|failed|incomplete|problem)|returned mail|mail delivery|"
    r"failure notice|not delivered|could not be delivered|non remis|[ée]chec (de la )?(remise|distribution)|nelivrat|"
    r"nu a (putut fi|fost) livrat", re.I
)  # fmt: skip
_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_CODE = re.compile(r"(?<![\d.])(4\d\d|5\d\d)[ -](?=\S)")
_NAMED_ID = re.compile(r"message-id:\s*(<[^<>\s]{3,400}>)", re.I)
_LONGEST = 300


def failure(mail: Message, sender: str) -> Failure | None:
    """What a mail reports about one of ours; None for other mails."""
    if mail.get_content_type() == "multipart/report":
        return _report(mail)
    from_daemon = bool(_DAEMON.match(sender)) or value(mail, "Return-Path").strip() == "<>"
    if from_daemon and _UNDELIVERED.search(decoded(value(mail, "Subject"))):
        return _plain(mail)
    return None


def _report(mail: Message) -> Failure | None:
    made: Failure | None = None
    named: list[str] = []
    for part in parts_of(mail)[:10]:
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            made = _delivery_status(part) or made
        elif kind in ("message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "message/global-headers"):
            named += _original_ids(part)
        elif kind == "text/plain" and not named:
            named += [found[1:-1] for found in _NAMED_ID.findall(text_of(part, 50_000))]
    if made:
        made.ids = list(dict.fromkeys([*made.ids, *named]))
    return made


def _delivery_status(part: Message) -> Failure | None:
    """The first recipient who failed for good, else the first of whom anything is said."""
    blocks = [block for block in parts_of(part)[:50] if value(block, "Action")]
    chosen = next((block for block in blocks if _action(block) == "failed"), next(iter(blocks), None))
    if chosen is None or _action(chosen) not in ("failed", "delayed"):
        return None
    to = (value(chosen, "Original-Recipient") or value(chosen, "Final-Recipient")).rpartition(";")[2].strip()
    said = decoded(value(chosen, "Diagnostic-Code").partition(";")[2])[:_LONGEST]
    status = _STATUS.search(value(chosen, "Status"))
    return Failure([], to.lower()[:254], status[1] if status else "", said, _action(chosen) == "failed")


def _action(block: Message) -> str:
    return value(block, "Action").split("(")[0].strip().lower()


def _original_ids(part: Message) -> list[str]:
    inner = parts_of(part)
    if inner:
        return ids(value(inner[0], "Message-ID"))
    return [found[1:-1] for found in _NAMED_ID.findall(payload_of(part)[:100_000].decode("latin-1"))]


def _plain(mail: Message) -> Failure | None:
    texts = [part for part in mail.walk() if part.get_content_maintype() == "text"][:5]
    text = "\n".join(text_of(part, 50_000) for part in texts)
    status, code = _STATUS.search(text), _CODE.search(text)
    failed = addresses(value(mail, "X-Failed-Recipients"))
    named = [found[1:-1] for found in _NAMED_ID.findall(text)] + ids(value(mail, "In-Reply-To"))
    final = not (status[1] if status else code[1] if code else "5").startswith("4")
    line = next((line.strip() for line in text.splitlines() if _STATUS.search(line) or _CODE.search(line)), "")
    to = failed[0][1] if failed else ""
    return Failure(list(dict.fromkeys(named)), to, status[1] if status else "", decoded(line)[:_LONGEST], final)
