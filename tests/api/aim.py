"""Pointing generated requests at things that exist: most at the caller's own, some at another account's or at none."""

import functools
from uuid import UUID

from schemathesis import Case

from ..matrix.bodies import REFERENCES, Maker, reference
from ..matrix.engine import TEXT_VALUES
from ..matrix.objects import World
from ..matrix.routes import API_ROOT, Route, operations


def _plain(path: str) -> str:
    return "/".join("{}" if part.startswith("{") else part for part in path.split("/"))


@functools.cache
def _routes() -> dict[tuple[str, str], Route]:
    found = [(method, route) for route in operations() for method in route.operation.methods]
    return {(method, _plain(API_ROOT + route.template)): route for method, route in found}


def route_of(case: Case) -> Route:
    """The route that a case is about."""
    return _routes()[case.operation.method.upper(), _plain(case.operation.path)]


def _uuid(value) -> UUID | None:
    try:
        return UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None


class Aim:
    """Replaces generated ids; the same request is always aimed the same way."""

    def __init__(self, world: World):
        self.world, self._shots = world, 0
        self._maker, self._begun = Maker(world), set()

    def _which(self) -> str:
        """Two of three are the caller's own, the rest by turns another account's and nobody's."""
        self._shots += 1
        return "" if self._shots % 6 == 5 else "foreign" if self._shots % 6 == 2 else "own"

    def _values(self, route: Route, which: str) -> dict[str, UUID]:
        return self.world.values(route.policy.obj, which) if route.policy.obj else {}

    def _path(self, case: Case, which: str) -> None:
        known = {**TEXT_VALUES, **self._values(route_of(case), which)}
        for name, value in dict(case.path_parameters or {}).items():
            if name in known and (_uuid(value) or name in TEXT_VALUES):
                case.path_parameters[name] = str(known[name])

    def _body(self, node, name: str, which: str):
        if isinstance(node, dict):
            return {key: self._body(inner, key, which) for key, inner in node.items()}
        if isinstance(node, list):
            return [self._body(inner, name, which) for inner in node]
        return str(reference(self.world, name, which)) if _uuid(node) and name in REFERENCES else node

    def _begin(self, case: Case) -> bool:
        """Make the first of an operation's cases one that makes sense; whether this is it."""
        if case.operation.label in self._begun or case.method.upper() != case.operation.method.upper():
            return False
        self._begun.add(case.operation.label)
        known = {**TEXT_VALUES, **self._values(route_of(case), "own")}
        case.path_parameters = {name: str(known[name]) for name in case.path_parameters or {}}
        case.query, case.headers, case.cookies = {}, {}, {}
        body = self._maker.body(route_of(case), case.operation.method)
        if body is not None:
            case.body, case.media_type = body, "application/json"
        return True

    def take(self, case: Case) -> str:
        """Aim a case; "first" for an operation's first, or whose things it names: "own", "foreign", "" for nobody's."""
        if self._begin(case):
            return "first"
        which = self._which()
        if which:
            self._path(case, which)
            if isinstance(case.body, dict | list):
                case.body = self._body(case.body, "", which)
        return which
