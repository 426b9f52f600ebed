"""Who asks: the same session or token row that the application reads, with member, user and account."""

import hashlib
from datetime import UTC, datetime
from http.cookies import SimpleCookie

import msgspec

from .database import Sqlite

MEMBER = (
    "SELECT m.id, m.account_id, m.role, m.status, m.name, m.email, u.id, u.email, u.name, u.language, u.time_zone,"
    " u.theme, u.password, u.is_active, a.name, a.language, a.time_zone, a.country, a.words{more} FROM {table}"
    " JOIN accounts_user u ON u.id = m.user_id JOIN accounts_account a ON a.id = m.account_id WHERE {where}"
)
BY_SESSION = MEMBER.format(
    more="", table="accounts_member m", where="m.id = %s AND m.user_id = %s AND m.status = 'active'"
)
BY_TOKEN = MEMBER.format(
    more=", t.scopes, t.expires_at, t.last_used_at",
    table="accounts_apitoken t JOIN accounts_member m ON m.id = t.member_id",
    where="t.account_id = %s AND t.token_hash = %s AND t.revoked_at IS NULL",
)


def now(database):
    """The present as this database stores moments."""
    moment = datetime.now(UTC)
    return str(moment.replace(tzinfo=None)) if isinstance(database, Sqlite) else moment


def of_session(database, cookies: str) -> tuple:
    """The member of a session cookie, and the session's key."""
    key = SimpleCookie(cookies)["frontdesk_session"].value
    sql = "SELECT session_data FROM accounts_session WHERE session_key = %s AND expire_date > %s"
    values = msgspec.json.decode(database.rows(sql, (key, now(database)))[0][0])
    ids = (database.identifier(values["member_id"]), database.identifier(values["_auth_user_id"]))
    return database.rows(BY_SESSION, ids)[0], key


def of_token(database, header: str) -> tuple:
    """The member of a bearer token, and None."""
    token = header.removeprefix("Bearer ")
    account = database.identifier(token.split("_")[1])
    return database.rows(BY_TOKEN, (account, hashlib.sha256(token.encode()).hexdigest()))[0], None
