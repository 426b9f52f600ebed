"""Every route gets broken bodies, odd methods, headers and queries; none makes the server fail (5xx).

All of it is read before the database is asked, so that one database will do.
"""

import pytest
from django.urls import get_resolver

from . import hostile
from .attacker import operations, pages, reachable

pytestmark = [pytest.mark.faults, pytest.mark.slow, pytest.mark.sqlite_only, pytest.mark.timeout(600)]
METHODS = ("HEAD", "OPTIONS", "PUT", "DELETE", "TRACE", "PROPFIND", "get", "X" * 200)
HEADER_STEP = 12


def test_every_form_with_broken_bodies(attacker):
    for route in pages():
        for what, (kind, body) in hostile.FORMS.items():
            attacker.send(what, "POST", attacker.address(route), body, kind)


def test_every_operation_with_broken_bodies(attacker):
    for route, method in operations():
        for what, (kind, body) in hostile.BODIES.items():
            attacker.send(what, method, attacker.address(route), body, kind)


def test_every_route_with_odd_methods_and_queries(attacker):
    for route in reachable():
        path = attacker.address(route)
        for method in METHODS:
            attacker.send("method", method, path)
        if route.policy and "GET" in getattr(route.operation, "methods", route.policy.methods):
            for query in hostile.QUERIES:
                attacker.send(query, "GET", f"{path}?{query}")


def test_odd_headers(attacker):
    """Read before the route is known, so that some routes of every kind will do."""
    for route in reachable()[::HEADER_STEP]:
        for what, extra in hostile.HEADERS.items():
            attacker.send(what, "GET", attacker.address(route), **extra)
            attacker.send(what, "POST", attacker.address(route), **extra)


def test_odd_paths_and_tokens(attacker):
    for path in hostile.PATHS:
        for method in ("GET", "POST", "HEAD"):
            attacker.send("path", method, path)
    for bearer in hostile.BEARERS:
        attacker.send("token", "GET", "/api/v1/clients", HTTP_AUTHORIZATION=bearer)


def test_every_address_is_tried():
    """So that none is left out unnoticed."""
    named = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert named <= {route.name for route in reachable()}
