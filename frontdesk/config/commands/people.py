"""Finds accounts and members that are named on the command line."""

import contextlib
import sys
import uuid
from collections.abc import Iterator

from frontdesk.accounts.models import Account, Member, MemberStatus, User
from frontdesk.core.errors import Invalid


class Refused(Exception):
    """The command cannot do this; the message says why."""


def _is_id(text: str) -> bool:
    try:
        return bool(uuid.UUID(text))
    except ValueError:
        return False


def find_account(named: str | None) -> Account:
    """The account with that id or name, or the only one; raises Refused when that is not exactly one."""
    accounts = Account.objects.all()
    if named:
        accounts = accounts.filter(pk=named) if _is_id(named) else accounts.filter(name__iexact=named)
    found = list(accounts[:2])
    if not found:
        raise Refused(f"No account is called {named}." if named else "There is no account yet: set one up first.")
    if len(found) > 1:
        raise Refused("There are several such accounts: name one by its id with --account.")
    return found[0]


def find_members(login: str) -> list[Member]:
    """Every membership of the person who signs in so; raises Refused when there is none."""
    try:
        user = User.objects.get_by_natural_key(login)
    except User.DoesNotExist:
        raise Refused(f"Nobody signs in as {login}.") from None
    members = list(Member.objects.filter(user=user).select_related("account", "user"))
    if not members:
        raise Refused(f"{login} belongs to no account.")
    return members


def find_member(account: Account, login: str) -> Member:
    """The active member of one account who signs in so; raises Refused."""
    for member in find_members(login):
        if member.account_id == account.pk and member.status == MemberStatus.ACTIVE:
            return member
    raise Refused(f"{login} is not an active member of {account.name}.")


@contextlib.contextmanager
def explained() -> Iterator[None]:
    """Print why something was refused, and exit with 1."""
    try:
        yield
    except Invalid as error:
        for field, reasons in error.errors.items():
            print(f"{field}: {' '.join(map(str, reasons))}" if field else " ".join(map(str, reasons)), file=sys.stderr)
    except Refused as error:
        print(error, file=sys.stderr)
    else:
        return
    sys.exit(1)
