"""Where higher domains add what they know of a client beyond rows that hang on it by keys."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from frontdesk.core.registry import Registry

from ..models import Client


@dataclass(frozen=True)
class PersonalPart:
    """Something personal that the database does not hold in rows below the client, such as files.

    `files(client)` gives (name in the bundle, content in pieces); `erase(actor, client, ids)` removes it for good, in
    the transaction of the erasure, `ids` being the client's own and those of clients that were merged into it.
    """

    files: Callable[[Client], Iterable[tuple[str, Iterable[bytes]]]] = lambda client: ()
    erase: Callable[[object, Client, list[UUID]], None] = lambda actor, client, ids: None
    order: int = 100


personal_parts: Registry[PersonalPart] = Registry("personal part")
