"""Mails as tests need them."""

from pathlib import Path

from frontdesk.channels.email.reading.message import read
from frontdesk.channels.email.reading.task import Mail, Task

HEAD = (
    b"From: Maria <maria@ionescu.example>\r\nTo: office@folio.example\r\nSubject: Hello\r\n"
    b"Message-ID: <m1@x.example>\r\n"
)


def raw_mail(body: bytes = b"Good day", extra: bytes = b"", head: bytes = HEAD) -> bytes:
    """A plain mail; `extra` are further headers, each ended by CRLF."""
    return head + extra + b"\r\n" + body


def multipart(*parts: bytes, kind: bytes = b"mixed", head: bytes = HEAD) -> bytes:
    """A mail of parts, each with its own headers."""
    joined = b"".join(b"--cut\r\n" + part + b"\r\n" for part in parts)
    return raw_mail(
        joined + b"--cut--\r\n", b"MIME-Version: 1.0\r\nContent-Type: multipart/" + kind + b"; boundary=cut\r\n", head
    )


def part(content: bytes, kind: bytes = b"text/plain; charset=utf-8", extra: bytes = b"") -> bytes:
    """One part."""
    return b"Content-Type: " + kind + b"\r\n" + extra + b"\r\n" + content


def understood(folder: Path, raw: bytes, trusted: str = "") -> Mail:
    """The mail as it is read, in this very process."""
    path = folder / "raw"
    path.write_bytes(raw)
    return read(Task(str(path), str(folder), trusted))
