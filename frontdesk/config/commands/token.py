"""Creates API tokens."""

from . import set_up_django


def run(options) -> None:
    """Create a token and print it."""
    set_up_django()
    from .people import explained

    with explained():
        print(_create(options))


def _create(options) -> str:
    from datetime import timedelta

    from django.utils import timezone

    from frontdesk.accounts.actions.tokens import create_token
    from frontdesk.accounts.queries import scopes_of
    from frontdesk.core.tenancy.context import account_context

    from .people import find_account, find_member

    account = find_account(options.account)
    expires_at = timezone.now() + timedelta(days=options.days) if options.days else None
    with account_context(account):
        member = find_member(account, options.email)
        scopes = options.scopes or list(scopes_of(member))
        return create_token(member, name=options.name, scopes=scopes, expires_at=expires_at)[1]
