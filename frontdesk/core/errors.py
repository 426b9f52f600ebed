"""What an action may raise; pages and the API turn each into the right answer."""

from django.core.exceptions import PermissionDenied
from django.http import Http404


class Missing(Http404):
    """The object does not exist for this actor: absent, of another account, or out of sight."""


class Moved(Missing):
    """The object became part of another one, which the actor may see."""

    def __init__(self, kind: str, former, kept):
        super().__init__(kind)
        self.former, self.kept = former, kept


class Forbidden(PermissionDenied):
    """The actor sees the object but lacks the right to do this."""


class Invalid(ValueError):
    """Bad input: `errors` maps a field's name ("" for the whole) to translated sentences."""

    def __init__(self, errors: dict[str, list[str]] | str):
        self.errors = {"": [errors]} if isinstance(errors, str) else errors
        super().__init__("; ".join(f"{field}: {' '.join(map(str, said))}" for field, said in self.errors.items()))


class Conflict(Invalid):
    """The input is well formed but the state of the object does not allow it."""
