"""Creates members and lets them in again, for whoever runs the installation."""

from . import set_up_django


def run(options) -> None:
    """Create or reset."""
    set_up_django()
    from .people import explained

    with explained():
        _create(options) if options.verb == "create" else _reset(options)


def _create(options) -> None:
    from frontdesk.accounts.actions.members import PersonInput, create_member
    from frontdesk.accounts.models import System
    from frontdesk.core.tenancy.context import account_context

    from .people import find_account

    account = find_account(options.account)
    with account_context(account):
        typed = PersonInput(name=options.name, role=options.role, email=options.email)
        member, password = create_member(System(account), typed)
    print(f"{member.name} can sign in to {account.name} as {options.email}, once, with the password {password}")


def _reset(options) -> None:
    from frontdesk.accounts.actions.factors import take_factors
    from frontdesk.accounts.actions.signin import reset_password
    from frontdesk.accounts.models import System
    from frontdesk.core.tenancy.context import account_context

    from .people import find_members

    member = find_members(options.login)[0]
    with account_context(member.account_id):
        password = reset_password(System(member.account), member)
        if options.second_factor and member.user.has_second_factor:
            take_factors(System(member.account), member)
    print(f"{member.name} can sign in as {options.login}, once, with the password {password}")
