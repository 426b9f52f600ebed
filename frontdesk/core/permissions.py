"""The registry of rights. A name is `domain.object:verb`; an unknown name raises wherever it is used."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .options import Option
from .registry import Registry

ADMIN = frozenset({"admin"})
OFFICE = frozenset({"admin", "staff"})
TEAM = frozenset({"admin", "staff", "coworker"})
PORTAL = frozenset({"client", "guest"})
CLIENT = frozenset({"client"})
EVERYONE = TEAM | PORTAL


class UnknownPermission(KeyError):
    """A right was named that no domain defines."""


@dataclass(frozen=True)
class Permission:
    """A right: who holds it by role, and whether it reads or writes (for the scopes of API tokens)."""

    name: str
    label: Any
    roles: frozenset[str]
    writes: bool

    @property
    def scope(self) -> str:
        """The API token scope that covers this right, e.g. `clients:read`."""
        return f"{self.name.partition('.')[0]}:{'write' if self.writes else 'read'}"


_registry: dict[str, Permission] = {}


def define(name: str, label, roles: frozenset[str], writes: bool = True) -> Permission:
    """Add a right; raises ValueError when it is defined twice."""
    if name in _registry:
        raise ValueError(f"permission {name!r} is defined twice")
    _registry[name] = Permission(name, label, frozenset(roles), writes)
    return _registry[name]


def permission(name: str) -> Permission:
    """The right of that name; raises UnknownPermission."""
    try:
        return _registry[name]
    except KeyError:
        raise UnknownPermission(name) from None


def all_permissions() -> list[Permission]:
    """Every right, by name."""
    return sorted(_registry.values(), key=lambda right: right.name)


def all_scopes() -> list[str]:
    """Every API token scope that some right needs."""
    return sorted({right.scope for right in _registry.values()})


# What an account may allow to co-workers beyond the rights of their role.
BORROWER = "coworker"
capabilities: Registry[Option] = Registry("capability")
_lent: dict[str, list[Option]] = defaultdict(list)


def lend(option: Option) -> Option:
    """Let accounts allow co-workers the rights of an option; raises UnknownPermission for a right nobody defined."""
    for name in option.rights:
        permission(name)
        _lent[name].append(option)
    return capabilities.register(option.key, option)


def lenders(name: str) -> list[Option]:
    """The capabilities that bring a right."""
    return _lent.get(name, [])


def holds(role: str, scopes: frozenset[str] | None, name: str, allows: Callable[[Option], bool] | None = None) -> bool:
    """Whether a role, narrowed by a token's scopes (None: not narrowed), holds a right; `allows` says which
    capabilities a co-worker was given."""
    right = permission(name)
    if scopes is not None and right.scope not in scopes:
        return False
    if role in right.roles:
        return True
    return role == BORROWER and allows is not None and any(allows(option) for option in lenders(name))
