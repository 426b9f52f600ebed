"""E-mails as clients write: plain, quoting in HTML, with pictures, and from people whom nobody knows."""

import struct
import zlib
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import format_datetime
from random import Random

from django.utils import timezone

from ..talks.dataset import vocabulary

SEED = 17
# The server that received them, whose findings about the senders are believed.
RECEIVED_BY = "mx.bench.example"
PICTURE_SIDE = 640
# Of so many, one quotes in HTML, one has a picture, one comes from somebody unknown; the others are plain.
OF_EACH = 8


def picture(side: int = PICTURE_SIDE) -> bytes:
    """A PNG of noise, which no compression makes small."""
    random = Random(SEED)
    rows = b"".join(b"\0" + random.randbytes(side) for _row in range(side))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b"")


class Writer:
    """Writes e-mails from clients of the data set, the same in every run."""

    def __init__(self, senders: list[tuple[str, str]]):
        self.senders, self.random, self.words = senders, Random(SEED), vocabulary()
        self.picture = picture()

    def _text(self, least: int = 20, most: int = 120) -> str:
        words = self.random.choices(self.words, k=self.random.randint(least, most))
        return "\n".join(" ".join(words[start : start + 12]) for start in range(0, len(words), 12))

    def _plain(self, number: int) -> EmailMessage:
        name, address = self.senders[number % len(self.senders)]
        if number % OF_EACH == 2:
            name, address = f"Somebody {number}", f"somebody-{number}@elsewhere.example"
        made = EmailMessage()
        made["Authentication-Results"] = f"{RECEIVED_BY}; dmarc=pass header.from={address.rpartition('@')[2]}"
        made["From"], made["To"] = f'"{name}" <{address}>', "office@bench.example"
        made["Subject"], made["Date"] = " ".join(self.random.choices(self.words, k=4)), format_datetime(timezone.now())
        made["Message-ID"] = f"<{number}.{self.random.getrandbits(64):x}@elsewhere.example>"
        made.set_content(self._text())
        return made

    def _quoting(self, made: EmailMessage) -> None:
        """The same in HTML as programs write it, with a signature and what is answered."""
        said, before = self._text().replace("\n", "<br>"), self._text(200, 300).replace("\n", "<br>")
        made.add_alternative(
            f"<html><head><style>p{{margin:0}}</style></head><body><div dir=ltr><p>{said}</p><div>-- <br>"
            f"<b>Signature</b></div></div><div class=gmail_quote>On Monday somebody wrote:<blockquote "
            f'style="margin:0 0 0 .8ex;border-left:1px solid #ccc">{before}<img src="https://elsewhere.example/a.png">'
            "</blockquote></div></body></html>",
            subtype="html",
        )

    def mails(self, count: int) -> Iterator[bytes]:
        """So many e-mails as bytes."""
        for number in range(count):
            made = self._plain(number)
            if number % OF_EACH in (0, 1):
                self._quoting(made)
            if number % OF_EACH == 1:
                made.add_attachment(self.picture, maintype="image", subtype="png", filename=f"picture {number}.png")
            yield made.as_bytes()
