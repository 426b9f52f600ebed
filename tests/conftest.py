"""Fixtures of all tests: the cast, signed-in browsers of Django's test client, API callers, and the SQL guard."""

import os
import tempfile

os.environ.setdefault("FRONTDESK_DATA", tempfile.mkdtemp(prefix="frontdesk-test-"))

import hypothesis
import pytest
from django.db import connection
from django.test import Client as Browser
from django.utils import translation

from frontdesk.accounts.models import ApiToken
from frontdesk.accounts.signin.sessions import MEMBER_KEY
from frontdesk.accounts.signin.tokens import PREFIX, token_hash
from frontdesk.core.permissions import all_scopes
from frontdesk.core.tenancy.context import account_context

from . import guard
from .answers import declared_answers  # noqa: F401
from .cast import make_cast

if connection.vendor == "sqlite":
    # A file of each test process's own, so that several connections work on it as they do in production.
    database_folder = tempfile.TemporaryDirectory(prefix="frontdesk-database-")
    connection.settings_dict["TEST"]["NAME"] = f"{database_folder.name}/test.sqlite3"


# How long an example takes, and how many are passed over before the first ones that fit, is chance.
hypothesis.settings.register_profile(
    "frontdesk",
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow, hypothesis.HealthCheck.filter_too_much],
)
hypothesis.settings.load_profile("frontdesk")


def pytest_addoption(parser):
    """The access matrix is large, so that a part of it can be asked for."""
    parser.addoption("--routes", default="", help="try only routes whose names match this pattern in the access matrix")


@pytest.fixture(scope="session", autouse=True)
def fast_passwords():
    """Hash test passwords cheaply; signing in with the real hasher has its own test."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]


@pytest.fixture(autouse=True)
def own_language():
    """A request leaves its language behind, as it does in a thread that serves the next one; a test begins anew."""
    translation.activate("en")


@pytest.fixture(autouse=True)
def sql_guard(request):
    """Watch every statement of every test that uses the database."""
    if not {"db", "transactional_db", "cast"} & set(request.fixturenames):
        yield
        return
    with connection.execute_wrapper(guard.check):
        yield


@pytest.fixture
def cast(db):
    """The two accounts and their people."""
    return make_cast()


@pytest.fixture
def within(cast):
    """The first account's context, for tests that call actions directly."""
    with account_context(cast.account):
        yield cast


def sign_in(member) -> Browser:
    """A browser in which the member is signed in."""
    browser = Browser()
    browser.force_login(member.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = browser.session
    session[MEMBER_KEY] = str(member.pk)
    session.save()
    return browser


@pytest.fixture
def browser_of(cast):
    """A function from a member to their signed-in browser."""
    return sign_in


class ApiCaller(Browser):
    """A browser that sends JSON with a bearer token."""

    def __init__(self, token: str = ""):
        super().__init__(headers={"authorization": f"Bearer {token}"} if token else {})

    def post(self, path, data=None, **extra):
        """POST as JSON."""
        return super().post(path, data if data is not None else {}, content_type="application/json", **extra)


def make_token(member, scopes=None, label="") -> str:
    """A bearer token of the member with the given scopes (all by default); `label` tells two of them apart."""
    token = f"{PREFIX}{member.account_id.hex}_{member.id.hex}{label.encode().hex()}"
    with account_context(member.account_id):
        ApiToken.objects.get_or_create(
            account_id=member.account_id, token_hash=token_hash(token),
            defaults={"member": member, "name": "test", "prefix": token[:12],
                      "scopes": all_scopes() if scopes is None else scopes},
        )  # fmt: skip
    return token


@pytest.fixture
def api_of(cast):
    """A function from a member (None: nobody) to an API caller that acts as them."""
    return lambda member, scopes=None: ApiCaller(make_token(member, scopes) if member else "")
