"""What one check found."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """The result of one check; `advice` says what to do when it is not `ok` (or worth knowing when it is)."""

    name: str
    ok: bool
    advice: str = ""
