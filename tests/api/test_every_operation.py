"""Schemathesis against every operation of the description: each keeps its word, whatever it is sent (A4).

No answer is a 5xx, of a status or type that is not described, or other than its schema; nobody gets in without a
token, nor with that of another account. Requests are made from the description, with a fixed seed, and pointed at
things that exist (`aim.py`). They reach the application as a server hands them over, and their transactions are
committed, since a test's own transaction hides what only fails without it. FRONTDESK_TEST_EXAMPLES makes more of them.
"""

import logging
import os

import hypothesis
import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from schemathesis import Case
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.config import GenerationConfig, SchemathesisConfig

from frontdesk.api.views import _schema
from frontdesk.core.http import PUBLIC

from ..cast import make_cast
from ..conftest import make_token
from ..matrix.objects import make_world
from .aim import Aim, route_of
from .kept import Kept

pytestmark = [pytest.mark.slow]
EXAMPLES = int(os.environ.get("FRONTDESK_TEST_EXAMPLES", "5"))
WORDS = (
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
    "response_schema_conformance",
)  # fmt: skip


def _described():
    """The description, with everything that is generated from it settled by a seed."""
    found = SchemathesisConfig()
    load_all_checks()
    found.projects.default.generation = GenerationConfig(
        deterministic=True, max_examples=EXAMPLES, with_security_parameters=False, no_shrink=True
    )
    schema = schemathesis.openapi.from_dict(_schema(), config=found)
    schema.app = get_wsgi_application()
    return schema


schema = _described()


class Desk:
    """Two accounts with an object of every kind, committed; what a test does to them is put back before the next."""

    def __init__(self):
        self.empty = Kept("empty")
        cast = make_cast()
        self.aim = Aim(make_world(cast))
        self.callers = [(one.role, make_token(one)) for one in (cast.ana, cast.mia, cast.greta)]
        self.strangers = [(one.role, make_token(one)) for one in (cast.other.olga, cast.other.zed)]
        self.full = Kept("whole")

    def headers(self, case: Case, people: list[tuple[str, str]]) -> dict[str, str]:
        """The token of the most entitled of these people."""
        roles = route_of(case).policy.roles
        return {"Authorization": "Bearer " + next((token for role, token in people if role in roles), people[0][1])}

    def close(self) -> None:
        """Leave the database as it was found."""
        self.empty.put_back()
        for kept in (self.empty, self.full):
            kept.drop()


@pytest.fixture(scope="module")
def db(django_db_setup, django_db_blocker):
    """The desk, open to every test of this module; by this name, tests get a database and the SQL guard."""
    logging.disable(logging.CRITICAL)
    with django_db_blocker.unblock():
        found = Desk()
        yield found
        found.close()
    logging.disable(logging.NOTSET)


@pytest.fixture
def desk(db, settings):
    """The desk as it was made, without a limit on the number of requests."""
    settings.API_REQUESTS_PER_MINUTE = 10**9
    yield db
    db.full.put_back()


def _refuses_strangers(case: Case, desk: Desk) -> None:
    """What is asked for about own things is not given without a token, for a wrong one, or for another account's."""
    policy = route_of(case).policy
    for token in ({}, {"Authorization": "Bearer fd_" + "0" * 32 + "_x"}):
        assert policy.right == PUBLIC or case.call(headers=token).status_code == 401, f"with {token}"
    if policy.obj:
        stranger = case.call(headers=desk.headers(case, desk.strangers))
        assert stranger.status_code in (403, 404), f"another account got {stranger.status_code}: {stranger.text}"


@schema.parametrize()
@hypothesis.settings(suppress_health_check=list(hypothesis.HealthCheck), deadline=None)
def test_every_operation_keeps_its_word(case, desk):
    if desk.aim.take(case) == "first":
        _refuses_strangers(case, desk)
    headers = desk.headers(case, desk.callers)
    answer = case.call(headers=headers)
    if case.method.upper() != case.operation.method.upper():
        assert answer.status_code in (401, 405), f"{case.method} got {answer.status_code}"
        return
    case.validate_response(answer, checks=CHECKS.get_by_names(WORDS), headers=headers)
