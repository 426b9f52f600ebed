"""Everyone tries everything, and gets exactly what the declared policies say (P1, P7, P11, A4)."""

import logging
import re

import pytest
from django.urls import path

from frontdesk.clients import access
from frontdesk.clients.models import Client

from . import engine, routes, secrets
from .objects import make_world


@pytest.fixture(autouse=True)
def unlimited(settings):
    """No rate limit on the thousands of calls, and no line of log for each."""
    settings.API_REQUESTS_PER_MINUTE = 10**9
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def world(cast):
    """The cast, an object of every kind in both accounts, and the planted secrets."""
    secrets.plant(cast)
    return make_world(cast)


@pytest.mark.timeout(1800)
def test_every_route_does_what_it_declares(world, capsys, pytestconfig):
    wanted = pytestconfig.getoption("--routes")
    chosen = [route for route in routes.all_routes() if re.search(wanted, route.name)]
    report = engine.run(world, secrets.hidden_from, chosen)
    with capsys.disabled():
        print(f"\n{report}")
    assert not report.unexpected, "\n".join(report.unexpected)
    assert report.calls > (0 if wanted else 1000)


def _about_clients(names=("clients:show", "GET /clients/{client_id}")):
    return [route for route in routes.all_routes() if route.name in names]


def test_a_broken_access_rule_is_noticed(world, monkeypatch):
    monkeypatch.setattr(access, "clients_for", lambda actor: Client.objects.all())
    report = engine.run(world, secrets.hidden_from, _about_clients())
    assert any("ok (200) instead of 404" in said for said in report.unexpected)
    assert any("shows 'maria@example.com'" in said for said in report.unexpected)


def test_a_dropped_right_is_noticed(world, monkeypatch):
    monkeypatch.setattr("frontdesk.core.http.policy.Policy.check", lambda policy, actor: None)
    report = engine.run(world, secrets.hidden_from, _about_clients(("clients:edit",)))
    assert any("instead of 403" in said for said in report.unexpected)


def test_a_route_without_a_policy_is_noticed():
    pattern = path("planted/", lambda request: None, name="planted")
    assert engine.undeclared([routes._page("", "", pattern)]) == ["planted: declares no policy"]
