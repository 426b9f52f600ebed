"""Who tries: one persona for every way of standing to an account and its clients."""

from dataclasses import dataclass

from frontdesk.accounts.models import Member
from frontdesk.core import permissions

from ..cast import Cast


@dataclass(frozen=True)
class Persona:
    """`home` whether they are of the first account; `sees` whether its first client is theirs to see."""

    name: str
    member: Member | None
    role: str = ""
    home: bool = True
    sees: bool = False
    active: bool = True
    scopes: tuple[str, ...] | None = None

    @property
    def signed_in(self) -> bool:
        """Whether anyone is let in as them."""
        return self.member is not None and self.active

    def holds(self, right: str, api: bool) -> bool:
        """Whether the declared right covers them (and, in the API, their token's scopes)."""
        scopes = frozenset(self.scopes) if api and self.scopes is not None else None
        return permissions.holds(self.role, scopes, right)


def _reading() -> tuple[str, ...]:
    return tuple(scope for scope in permissions.all_scopes() if scope.endswith(":read"))


def everyone(cast: Cast) -> list[Persona]:
    """The personas, from the most to the least entitled."""
    other = cast.other
    return [
        Persona("admin", cast.ana, "admin", sees=True),
        Persona("admin, token that only reads", cast.ana, "admin", sees=True, scopes=_reading()),
        Persona("staff", cast.sam, "staff", sees=True),
        Persona("co-worker, assigned", cast.cora, "coworker", sees=True),
        Persona("co-worker, not assigned", cast.cole, "coworker"),
        Persona("client, own", cast.mia, "client", sees=True),
        Persona("client, of another", cast.vic, "client"),
        Persona("guest, own", cast.greta, "guest", sees=True),
        Persona("guest, of another", cast.gil, "guest"),
        Persona("deactivated", cast.dora, "staff", active=False),
        Persona("other account, admin", other.olga, "admin", home=False, sees=True),
        Persona("other account, co-worker", other.oscar, "coworker", home=False, sees=True),
        Persona("other account, client", other.zed, "client", home=False, sees=True),
        Persona("signed out", None),
    ]
