"""Who is at the other end of a stream, by the same rules as pages and API, and whether that still holds."""

from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from frontdesk.accounts import preview
from frontdesk.accounts.middleware import API_PREFIX, held, language_of, zone_of
from frontdesk.accounts.models import Account, ApiToken, Member, Session
from frontdesk.accounts.signin.sessions import member_of_session
from frontdesk.accounts.signin.tokens import account_of, member_of_token, token_hash
from frontdesk.core.tenancy.context import account_context, across_accounts

AT_ONCE = 500
MEMBER = (
    "id", "user_id", "role", "status", "options", "user__password", "user__is_active", "user__must_change_password",
    "user__password_expires_at", "user__has_second_factor", "user__language", "user__time_zone", "account_id",
)  # fmt: skip
ACCOUNT = ("id", "language", "time_zone", "words", "team_options", "portal_options", "require_second_factor")


class Credential(NamedTuple):
    """What somebody showed: `kind` is "session" or "token", `secret` the session's key or the token."""

    kind: str
    secret: str


@dataclass(frozen=True)
class Asked:
    """What a stream's request says about its reader, as `language_of` reads it."""

    path_info: str
    META: dict
    COOKIES: dict = field(default_factory=dict)


def asked_with(headers: dict[bytes, bytes]) -> tuple[Credential | None, Asked]:
    """The credential in a request's headers; a bearer token counts before the cookie."""
    accepted = headers.get(b"accept-language", b"").decode("latin-1")
    scheme, _, token = headers.get(b"authorization", b"").decode("latin-1").partition(" ")
    if scheme.lower() == "bearer":
        return Credential("token", token.strip()), Asked(API_PREFIX, {"HTTP_ACCEPT_LANGUAGE": accepted})
    key = _cookies(headers).get(settings.SESSION_COOKIE_NAME, "")
    return Credential("session", key) if key else None, Asked("/", {})


def _cookies(headers: dict[bytes, bytes]) -> dict[str, str]:
    try:
        return {name: part.value for name, part in SimpleCookie(headers.get(b"cookie", b"").decode("latin-1")).items()}
    except CookieError:
        return {}


def authenticate(credential: Credential) -> Any:
    """The actor whom a credential lets in now, as the middleware finds them; None for nobody."""
    if credential.kind == "token":
        return member_of_token(credential.secret)
    session = import_module(settings.SESSION_ENGINE).SessionStore(credential.secret)
    actor = preview.eyes_of(session, member_of_session(session))
    if actor is None or (not actor.viewer and actor.user and held(actor)[0]):
        return None
    actor.see_until = session.get(preview.UNTIL_KEY) if actor.viewer else None
    return actor


def same_person(one, other) -> bool:
    """Whether two answers to `authenticate` are the same member in the same role, seen by the same eyes."""
    return other is not None and _who(one) == _who(other)


def _who(actor) -> tuple:
    return actor.id, actor.role, actor.viewer.id if actor.viewer else None


def speech_of(asked: Asked, actor) -> tuple[str, tzinfo]:
    """The language and time zone in which somebody reads."""
    return language_of(asked, actor), zone_of(actor)


def fingerprints(credentials: list[Credential]) -> dict[Credential, int]:
    """All that decides who a credential is and what they may do by themselves; changed, it must be looked at anew.

    A handful of statements for all of them, so that it can be asked every second.
    """
    found: dict[Credential, int] = {}
    for start in range(0, len(credentials), AT_ONCE):
        some = credentials[start : start + AT_ONCE]
        with across_accounts():
            found |= _fingerprints(some)
    return found


def _fingerprints(credentials: list[Credential]) -> dict[Credential, int]:
    sessions = _sessions([one.secret for one in credentials if one.kind == "session"])
    tokens = _tokens([one.secret for one in credentials if one.kind == "token"])
    users = {row["user_id"] for row in sessions.values()}
    seen = {key for key in (_seen_member(row["session_data"]) for row in sessions.values()) if key}
    by_user, by_id = _members(users, {row["member_id"] for row in tokens.values()} | seen)
    made: dict[Credential, int] = {}
    for one in credentials:
        if one.kind == "session":
            row = sessions.get(one.secret, {})
            known = [*by_user.get(row.get("user_id"), ()), by_id.get(_seen_member(row.get("session_data", "")))]
        else:
            row = tokens.get(token_hash(one.secret), {})
            known = [by_id.get(row.get("member_id"))]
        made[one] = hash((_text(row), *known))
    return made


def _text(row: dict) -> str:
    return repr(row)


def _alive(expires: datetime | None) -> bool:
    return expires is None or expires > timezone.now()


def _sessions(keys: list[str]) -> dict[str, dict]:
    rows = Session.objects.filter(session_key__in=keys).values("session_key", "session_data", "expire_date", "user_id")
    return {row["session_key"]: row for row in rows if _alive(row["expire_date"])}


def _tokens(secrets: list[str]) -> dict[str, dict]:
    hashes = [token_hash(secret) for secret in secrets if account_of(secret)]
    fields = ("token_hash", "member_id", "expires_at", "revoked_at", "scopes")
    rows = ApiToken.objects.filter(token_hash__in=hashes).values(*fields) if hashes else []
    return {row["token_hash"]: row for row in rows if _alive(row["expires_at"])}


def _seen_member(session_data: str) -> UUID | None:
    if preview.SEEN_KEY not in session_data:
        return None
    try:
        data = msgspec.json.decode(session_data)
    except msgspec.DecodeError:
        return None
    late = data.get(preview.UNTIL_KEY, 0) < timezone.now().timestamp()
    return None if late or preview.SEEN_KEY not in data else UUID(data[preview.SEEN_KEY])


def _members(user_ids: set, member_ids: set) -> tuple[dict[UUID | None, list[str]], dict[UUID | None, str]]:
    rows = list(Member.objects.filter(Q(user_id__in=user_ids) | Q(id__in=member_ids)).order_by("id").values(*MEMBER))
    ids = {row["account_id"] for row in rows}
    accounts = {row["id"]: _text(row) for row in Account.objects.filter(id__in=ids).values(*ACCOUNT)}
    by_user: dict[UUID | None, list[str]] = {}
    by_id: dict[UUID | None, str] = {}
    for row in rows:
        by_id[row["id"]] = _text(row) + accounts[row["account_id"]]
        by_user.setdefault(row["user_id"], []).append(by_id[row["id"]])
    return by_user, by_id


def within(actor):
    """The account context of an actor."""
    return account_context(actor.account_id)
