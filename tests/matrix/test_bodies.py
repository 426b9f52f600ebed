"""Ids of another account in a body do nothing, whoever sends them (A4)."""

import logging

import pytest

from frontdesk.core.http.policy import PUBLIC, SIGNED_IN

from . import routes
from .bodies import REFERENCES, Maker, Unknown, reference
from .engine import Call, Engine
from .objects import make_world
from .traces import fingerprint, pointing_at

pytestmark = pytest.mark.timeout(1800)
WRITES = ("POST", "PUT", "PATCH", "DELETE")
READ_ONLY_FORMS = {"account_logout"}


@pytest.fixture
def engine(cast, settings):
    """An engine over a world in which the log is quiet."""
    settings.API_REQUESTS_PER_MINUTE = 10**9
    logging.disable(logging.CRITICAL)
    made = Engine(make_world(cast))
    made.untouched = fingerprint(cast.other.account)
    yield made
    logging.disable(logging.NOTSET)


def _written(routes_: list[routes.Route]):
    for route in routes_:
        for method in route.operation.methods if route.is_api else route.policy.methods:
            if method in WRITES:
                yield route, method


def _foreign_ids(world) -> set:
    return {value for named in world.ids["foreign"].values() for value in named.values()}


def _who(engine: Engine, route: routes.Route):
    """The most entitled persona for the route: the admin, or the client whose own it is."""
    right = route.policy.right
    if right in (PUBLIC, SIGNED_IN):
        return engine.people[0]
    return next(one for one in engine.people if one.signed_in and one.scopes is None and one.holds(right, True))


def _check(engine: Engine, call: Call, body: dict) -> tuple[int, list[str]]:
    """Send a body; the status, and what of the first account points at the second or was changed there."""
    cast = engine.world.cast

    def after():
        traces = pointing_at(cast.account, _foreign_ids(engine.world))
        return traces + ([] if fingerprint(cast.other.account) == engine.untouched else ["the other account changed"])

    answer, traces = engine.rolled_back(call, body, after)
    return answer.status, traces


def test_foreign_ids_in_the_bodies_of_operations_are_refused(engine):
    breaches, tried = [], 0
    for route, method in _written(routes.operations()):
        own = Maker(engine.world)
        own.body(route, method)
        for name in sorted(own.references):
            call = Call(route, method, _who(engine, route), "own" if route.policy.obj else "")
            status, traces = _check(engine, call, Maker(engine.world, "own", name).body(route, method))
            tried += 1
            if status < 400 or status >= 500 or traces:
                breaches.append(f"{call}: {name} of another account gave {status} {traces}")
    assert breaches == []
    assert tried > 0


def test_forms_never_take_an_id_of_another_account(engine):
    foreign = {name: str(reference(engine.world, name, "foreign")) for name in REFERENCES}
    breaches = []
    for route, method in _written(routes.pages()):
        if not route.name or route.name in READ_ONLY_FORMS:
            continue
        call = Call(route, method, _who(engine, route), "own" if route.policy.obj else "")
        status, traces = _check(engine, call, foreign)
        if status >= 500 or traces:
            breaches.append(f"{call}: gave {status} {traces}")
    assert breaches == []


def test_every_id_in_a_body_is_of_a_known_kind(engine):
    for route, method in _written(routes.operations()):
        try:
            engine.bodies.body(route, method)
        except Unknown as error:
            pytest.fail(f"{route.name}: add {error} to REFERENCES")
