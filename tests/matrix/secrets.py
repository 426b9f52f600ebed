"""Texts that only some may read, planted before the matrix runs."""

from frontdesk.clients.models import Note
from frontdesk.core.tenancy.context import account_context

from ..cast import Cast
from .people import Persona

NOTE = "Planted words of a note on Maria"
OTHER_NOTE = "Planted words of a note on Victor"
FAR_NOTE = "Secret of another business."
MARIA, VICTOR, ZOE = "maria@example.com", "victor@example.com", "zoe@example.com"


def plant(cast: Cast) -> None:
    """Write a note on each of two clients."""
    with account_context(cast.account):
        Note.objects.filter(client=cast.maria).update(body=NOTE)
        Note.objects.create(account=cast.account, client=cast.victor, author=cast.ana, body=OTHER_NOTE)


def hidden_from(persona: Persona) -> list[str]:
    """What this persona must never be shown."""
    if not persona.signed_in:
        return [NOTE, OTHER_NOTE, FAR_NOTE, MARIA, VICTOR, ZOE]
    if not persona.home:
        own = [] if persona.role in ("admin", "coworker") else [FAR_NOTE]
        return [NOTE, OTHER_NOTE, MARIA, VICTOR, *own]
    far = [FAR_NOTE, ZOE]
    if persona.role in ("admin", "staff") or (persona.role == "coworker" and persona.sees and not persona.serves):
        return far
    if persona.role == "coworker":
        return [*far, OTHER_NOTE, VICTOR] if persona.sees else [*far, NOTE, OTHER_NOTE, MARIA, VICTOR]
    return [*far, NOTE, OTHER_NOTE, VICTOR if persona.sees else MARIA]
