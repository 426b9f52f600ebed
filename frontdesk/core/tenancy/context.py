"""The account context: which tenant's rows the current request, job or stream may touch.

It is a guard, not the authority: what a person may see is decided by each domain's `access.py`.
Without a context every query on a tenant table raises, so that a forgotten scope shows as an error
and never as another business's data.
"""

import contextlib
import uuid
from collections.abc import Iterator
from contextvars import ContextVar


class AccountContextMissing(RuntimeError):
    """A tenant table was queried outside any account context."""


class _EveryAccount:
    def __repr__(self) -> str:
        return "EVERY_ACCOUNT"


EVERY_ACCOUNT = _EveryAccount()
_current: ContextVar[uuid.UUID | _EveryAccount | None] = ContextVar("account", default=None)


def current() -> uuid.UUID | _EveryAccount | None:
    """The account's id, EVERY_ACCOUNT, or None when no context is set."""
    return _current.get()


def current_account_id() -> uuid.UUID:
    """The id of the one account in context; raises AccountContextMissing when there is not exactly one."""
    value = _current.get()
    if not isinstance(value, uuid.UUID):
        raise AccountContextMissing("this needs the context of one account")
    return value


@contextlib.contextmanager
def account_context(account) -> Iterator[None]:
    """Run the block with one account's rows; `account` is an Account or its id."""
    token = _current.set(getattr(account, "pk", account))
    try:
        yield
    finally:
        _current.reset(token)


@contextlib.contextmanager
def across_accounts() -> Iterator[None]:
    """Run the block over the rows of all accounts: only for upkeep that belongs to no tenant."""
    token = _current.set(EVERY_ACCOUNT)
    try:
        yield
    finally:
        _current.reset(token)


def enter(account_id: uuid.UUID | _EveryAccount | None):
    """Set the context for a span that has no block (a request); hand the token back to `leave`."""
    return _current.set(account_id)


def leave(token) -> None:
    """End what `enter` began."""
    _current.reset(token)
