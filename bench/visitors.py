"""Admins who are signed in, by session and by token."""

import itertools
from dataclasses import dataclass, field
from importlib import import_module

from django.conf import settings
from django.test import RequestFactory
from django.urls import get_resolver

from frontdesk.accounts.actions.tokens import create_token
from frontdesk.accounts.models import Account, Member, Role
from frontdesk.accounts.queries import scopes_of
from frontdesk.accounts.signin import sessions
from frontdesk.core.tenancy.context import account_context

CSRF = "c" * 32


@dataclass
class Visitor:
    """An admin with open sessions, in turn, and a token."""

    member: Member
    sessions: list[str]
    token: str
    _turns: itertools.cycle = field(init=False)

    def __post_init__(self):
        self._turns = itertools.cycle(self.sessions)

    def cookies(self) -> dict[str, str]:
        """Headers of a browser that is signed in; the next session at each call."""
        session, csrf = settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME
        cookies = f"{session}={next(self._turns)}; {csrf}={CSRF}"
        return {"Cookie": cookies, "Accept-Language": "en", "Accept": "text/html"}

    def bearer(self) -> dict[str, str]:
        """Headers of a program."""
        return {"Authorization": f"Bearer {self.token}", "Accept": "application/json"}


def _session(member: Member) -> str:
    request = RequestFactory().get("/")
    request.session = import_module(settings.SESSION_ENGINE).SessionStore()
    sessions.enter(request, member)
    request.session.save()
    return request.session.session_key


def colleagues(beside: Member, count: int, *, label: str = "colleague", tokens: bool = False) -> list[Visitor]:
    """Staff of the same account, made now and signed in, with tokens where asked for."""
    from frontdesk.accounts.models import User

    made = []
    for number in range(count):
        user = User.objects.create_user(email=f"{label}-{number}@bench.example", name=f"{label} {number}".capitalize())
        known = {"account": beside.account, "user": user, "role": Role.STAFF, "name": user.name}
        member = Member.objects.create(**known, sort_name=user.name.lower(), email=user.email)
        made.append(Visitor(member, [_session(member)], _token(member) if tokens else ""))
    return made


def _token(member: Member) -> str:
    with account_context(member.account):
        # Some rights become known only when the routes that need them are loaded.
        assert get_resolver().url_patterns
        _row, token = create_token(member, name="bench", scopes=scopes_of(member))
        return token


def admin(account_name: str, session_count: int = 1) -> Visitor:
    """The admin of an account of the data set, signed in."""
    account = Account.objects.get(name=account_name)
    with account_context(account):
        member = Member.objects.select_related("user", "account").get(account=account, role=Role.ADMIN)
        return Visitor(member, [_session(member) for _ in range(session_count)], _token(member))
