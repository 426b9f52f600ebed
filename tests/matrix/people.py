"""Who tries: one persona for every way of standing to an account and its clients."""

from dataclasses import dataclass

from frontdesk.accounts.models import Member
from frontdesk.core import permissions

from ..cast import Cast, member


@dataclass(frozen=True)
class Persona:
    """`home` whether they are of the first account; `sees` whether its first client is theirs to see,
    `serves` whether they are the co-worker who serves it."""

    name: str
    member: Member | None
    role: str = ""
    home: bool = True
    sees: bool = False
    active: bool = True
    scopes: tuple[str, ...] | None = None
    serves: bool = False

    @property
    def signed_in(self) -> bool:
        """Whether anyone is let in as them."""
        return self.member is not None and self.active

    def holds(self, right: str, api: bool) -> bool:
        """Whether the declared right covers them (and, in the API, their token's scopes)."""
        scopes = frozenset(self.scopes) if api and self.scopes is not None else None
        return permissions.holds(self.role, scopes, right, self.member.allows if self.member else None)


def _reading() -> tuple[str, ...]:
    return tuple(scope for scope in permissions.all_scopes() if scope.endswith(":read"))


def _allowed_everything(cast: Cast) -> Member:
    """A co-worker who serves nobody and was given every capability."""
    made = member(cast, "cleo", "coworker")
    made.options = {option.key: True for option in permissions.capabilities}
    made.save(update_fields=["options"])
    return made


def everyone(cast: Cast) -> list[Persona]:
    """The personas, from the most to the least entitled."""
    other = cast.other
    return [
        Persona("admin", cast.ana, "admin", sees=True),
        Persona("admin, token that only reads", cast.ana, "admin", sees=True, scopes=_reading()),
        Persona("staff", cast.sam, "staff", sees=True),
        Persona("co-worker, assigned", cast.cora, "coworker", sees=True, serves=True),
        Persona("co-worker, not assigned", cast.cole, "coworker"),
        Persona("co-worker, allowed everything", _allowed_everything(cast), "coworker", sees=True),
        Persona("client, own", cast.mia, "client", sees=True),
        Persona("client, of another", cast.vic, "client"),
        Persona("guest, own", cast.greta, "guest", sees=True),
        Persona("guest, of another", cast.gil, "guest"),
        Persona("deactivated", cast.dora, "staff", active=False),
        Persona("other account, admin", other.olga, "admin", home=False, sees=True),
        Persona("other account, co-worker", other.oscar, "coworker", home=False, sees=True, serves=True),
        Persona("other account, client", other.zed, "client", home=False, sees=True),
        Persona("signed out", None),
    ]
