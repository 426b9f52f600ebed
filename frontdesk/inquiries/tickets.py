"""What a page with a form brings back: which form, since when it is shown, and that a browser worked for it.

It is signed and needs no cookie, since browsers give none to a page inside a page of another site.
"""

import hashlib
import time
import uuid
from dataclasses import dataclass, replace

from django.core import signing
from django.core.cache import cache

from .models import InquiryForm

SALT = "frontdesk.inquiries.ticket"
# Nobody fills in a form in less; who confirms by hand waits as long.
LEAST_SECONDS = 3
MOST_SECONDS = 24 * 60 * 60
# So many leading zero bits must the hash have: some 65,000 tries, well under a second for one person's browser.
BITS = 16
LONGEST_PROOF = 20
FORM, CONFIRM = "form", "confirm"


@dataclass(frozen=True)
class Ticket:
    """`key` is the page's own; `at` is in seconds since 1970."""

    key: uuid.UUID
    at: float
    step: str = FORM

    @property
    def age(self) -> float:
        """Since when the page is shown, in seconds."""
        return time.time() - self.at

    @property
    def is_old(self) -> bool:
        """Whether the page is so old that what it says may no longer be true."""
        return not 0 <= self.age + 1 <= MOST_SECONDS

    def is_earned(self, proof: str) -> bool:
        """Whether a person's time or a browser's work stands behind it."""
        return self.age >= LEAST_SECONDS and (self.step == CONFIRM or proves(self.key, proof))

    def sealed(self, form: InquiryForm) -> str:
        """As the page brings it back."""
        return signing.dumps([form.token, self.key.hex, int(self.at), self.step], salt=SALT)

    def serves(self, inquiry: uuid.UUID) -> bool:
        """Whether the ticket sends the inquiry with this key: the first that it is asked for, and no other."""
        place = f"inquiry-ticket:{self.key.hex}"
        return cache.add(place, inquiry.hex, MOST_SECONDS) or cache.get(place) == inquiry.hex


def new() -> Ticket:
    """For a page that is shown now."""
    return Ticket(uuid.uuid4(), time.time())


def to_confirm(ticket: Ticket) -> Ticket:
    """For the page on which somebody confirms by hand; its time begins once."""
    return ticket if ticket.step == CONFIRM else replace(ticket, step=CONFIRM, at=time.time())


def read(form: InquiryForm, sealed: str) -> Ticket | None:
    """The ticket that a page of this form brought; None for anything else."""
    try:
        token, key, at, step = signing.loads(sealed[:4000], salt=SALT)
        ticket = Ticket(uuid.UUID(hex=key), float(at), str(step))
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return ticket if token == form.token else None


def proves(key: uuid.UUID, proof: str) -> bool:
    """Whether a number was found whose hash with the key begins with enough zeros."""
    if not proof.isascii() or not proof.isdigit() or len(proof) > LONGEST_PROOF:
        return False
    digest = hashlib.sha256(f"{key.hex}:{proof}".encode()).digest()
    return int.from_bytes(digest[:4]) >> (32 - BITS) == 0
