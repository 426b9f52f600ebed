"""Message-IDs of ours: each names the dispatch, whose random bits nobody can guess."""

import re
from collections.abc import Iterable
from uuid import UUID

_OURS = re.compile(r"([0-9a-f]{32})@")


def message_id(dispatch_id: UUID, domain: str) -> str:
    """The Message-ID of a dispatch, with its angles."""
    return f"<{dispatch_id.hex}@{domain}>"


def dispatch_ids(ids: Iterable[str]) -> list[UUID]:
    """The dispatches that Message-IDs could be of, in their order."""
    return [UUID(hex=found[1]) for one in ids if (found := _OURS.match(one.strip("<>").lower()))]
