"""Taking a mail apart: which part is the text, which are files; bounded in depth and number."""

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from email.utils import collapse_rfc2231_value
from pathlib import Path

from frontdesk.core.fold import clean

from .charsets import parts_of, payload_of, text_of
from .headers import LONGEST, decoded, value
from .task import FilePart, Limits
from .unpacking import flowed, without_uuencoded

_PICTURES = {b"\x89PNG\r\n": "png", b"\xff\xd8\xff": "jpeg", b"GIF8": "gif", b"RIFF": "webp"}
_NAMED = {
    "text/calendar": "invitation.ics",
    "application/ms-tnef": "winmail.dat",
    "message/rfc822": "message.eml",
    "message/delivery-status": "report.txt",
    "text/rfc822-headers": "headers.txt",
    "application/pgp-signature": "signature.asc",
    "application/pkcs7-signature": "smime.p7s",
    "text/html": "message.html",
    "text/plain": "text.txt",
    "image/png": "image.png",
    "image/jpeg": "image.jpg",
    "image/gif": "image.gif",
    "application/pdf": "document.pdf",
}
_TYPE = re.compile(r"[a-z0-9][a-z0-9.+_-]{0,60}/[a-z0-9][a-z0-9.+_-]{0,80}")


@dataclass
class Taken:
    """The pieces of a mail: texts and documents in their order, files, small pictures by content id."""

    folder: Path
    limits: Limits
    texts: list[str] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    files: list[FilePart] = field(default_factory=list)
    pictures: dict[str, str] = field(default_factory=dict)
    picture_bytes: int = 0
    parts: int = 0
    chars: int = 0

    def keep(self, name: str, content_type: str, content: bytes, content_id: str = "", inline: bool = False) -> None:
        """Write a file; beyond the most that a mail may have it is left out."""
        if len(self.files) >= self.limits.files:
            return
        number = len(self.files)
        (self.folder / str(number)).write_bytes(content)
        self.files.append(FilePart(number, name, content_type, len(content), content_id, inline))
        self._picture(content_id, content)

    def _picture(self, content_id: str, content: bytes) -> None:
        kind = next((kind for magic, kind in _PICTURES.items() if content.startswith(magic)), "")
        fits = (
            len(content) <= self.limits.picture_bytes
            and self.picture_bytes + len(content) <= self.limits.pictures_bytes
        )
        if content_id and kind and fits:
            self.picture_bytes += len(content)
            self.pictures[content_id] = f"data:image/{kind};base64,{base64.b64encode(content).decode()}"


def take(mail: Message, folder: Path, limits: Limits) -> Taken:
    """The pieces of a mail."""
    taken = Taken(folder, limits)
    _part(mail, taken, 0)
    return taken


def _part(part: Message, taken: Taken, depth: int) -> None:
    taken.parts += 1
    if taken.parts > taken.limits.parts:
        return
    kind = part.get_content_type()
    inner = parts_of(part)
    if part.get_content_maintype() == "message" or (inner and depth >= taken.limits.depth):
        _message(part, kind, taken)
    elif kind == "multipart/alternative":
        _alternative(inner, taken, depth)
    elif inner:
        for one in inner:
            _part(one, taken, depth + 1)
    elif kind in ("text/plain", "text/html") and not _is_attachment(part):
        _text(part, kind, taken)
    elif not kind.startswith("multipart/") or part._payload:
        _file(part, kind, taken)


def _leaves(part: Message, depth: int, most: int) -> Iterator[Message]:
    if depth > most:
        return
    inner = parts_of(part)
    if not inner:
        yield part
    for one in inner:
        yield from _leaves(one, depth + 1, most)


def _alternative(inner: list[Message], taken: Taken, depth: int) -> None:
    """Each kind of text once: a second HTML of the same alternative would say the same again."""
    seen: set[str] = set()
    for one in inner:
        leaf = next(_leaves(one, depth, taken.limits.depth), one)
        kind = leaf.get_content_type()
        if kind in ("text/plain", "text/html") and kind in seen:
            continue
        seen.add(kind)
        _part(one, taken, depth + 1)


def _is_attachment(part: Message) -> bool:
    disposition = value(part, "Content-Disposition").split(";")[0].strip().lower()
    return disposition == "attachment" or (disposition != "inline" and bool(_given_name(part)))


def _text(part: Message, kind: str, taken: Taken) -> None:
    most = taken.limits.html_chars if kind == "text/html" else taken.limits.text_chars
    text = text_of(part, min(most, max(0, 2 * taken.limits.html_chars - taken.chars)))
    taken.chars += len(text)
    if kind == "text/html":
        taken.documents.append(text)
        return
    if str(part.get_param("format") or "").lower() == "flowed":
        text = flowed(text, str(part.get_param("delsp") or "").lower() == "yes")
    text, found = without_uuencoded(text)
    taken.texts.append(text)
    for name, content in found:
        taken.keep(clean_name(name, "application/octet-stream"), "application/octet-stream", content)


def _message(part: Message, kind: str, taken: Taken) -> None:
    """A mail within a mail, or what is nested too deep, stays whole."""
    inner = parts_of(part)
    try:
        whole = (inner[0] if kind == "message/rfc822" and inner else part).as_bytes()
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, AssertionError):
        whole = payload_of(part)
    content_type = kind if kind == "message/rfc822" else "text/plain"
    name = _given_name(part) or (
        f"{decoded(value(inner[0], 'Subject'))[:80]}.eml" if inner and value(inner[0], "Subject") else ""
    )
    taken.keep(clean_name(name, kind), content_type if kind.startswith("message/") else "message/rfc822", whole)


def _file(part: Message, kind: str, taken: Taken) -> None:
    content_id = value(part, "Content-ID").strip().strip("<>")[:200]
    disposition = value(part, "Content-Disposition").split(";")[0].strip().lower()
    inline = bool(content_id) and disposition != "attachment" and kind.startswith("image/")
    safe = kind if _TYPE.fullmatch(kind) else "application/octet-stream"
    taken.keep(clean_name(_given_name(part), kind), safe, payload_of(part), content_id, inline)


def _given_name(part: Message) -> str:
    for header, parameter in (("content-disposition", "filename"), ("content-type", "name")):
        if len(value(part, header)) >= LONGEST:
            continue
        try:
            found = part.get_param(parameter, None, header)
            if found:
                return decoded(collapse_rfc2231_value(found))
        except (ValueError, LookupError, TypeError, AssertionError):
            continue
    return ""


def clean_name(given: str, kind: str) -> str:
    """A name without folders; one by its type where none was given."""
    name = clean(re.split(r"[/\\]", given)[-1])[:150].strip(" .")
    return name or _NAMED.get(kind, "file")
