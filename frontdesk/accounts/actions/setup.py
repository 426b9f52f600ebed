"""The first account of an installation."""

from dataclasses import dataclass

from django.db import connection, transaction

from frontdesk.activity.spine import record
from frontdesk.core.checks import Errors
from frontdesk.core.errors import Missing
from frontdesk.core.fold import fold
from frontdesk.core.tenancy.context import account_context

from .. import checks, choices
from ..models import Account, Member, Role, User

SETUP_LOCK = 7190321


@dataclass(frozen=True)
class AccountInput:
    """What an account is called and where it works."""

    name: str
    language: str
    time_zone: str
    currency: str
    country: str = ""
    contact_email: str = ""
    contact_phone: str = ""


@dataclass(frozen=True)
class AdminInput:
    """Who runs the account."""

    name: str
    email: str
    password: str


def check_account(errors: Errors, typed: AccountInput, field: str = "name") -> AccountInput:
    """The cleaned values; reasons go to `errors`, those about the name under `field`."""
    return AccountInput(
        name=errors.line(field, typed.name, checks.LONGEST_NAME, required=True),
        language=checks.listed(errors, "language", typed.language, choices.language_codes()),
        time_zone=checks.listed(errors, "time_zone", typed.time_zone, choices.zone_codes()),
        currency=checks.listed(errors, "currency", typed.currency, choices.currency_codes()),
        country=checks.listed(errors, "country", typed.country, choices.country_codes(), required=False),
        contact_email=checks.email(errors, "contact_email", typed.contact_email),
        contact_phone=checks.phone(errors, "contact_phone", typed.contact_phone, typed.country),
    )


def _check_admin(errors: Errors, typed: AdminInput) -> AdminInput:
    name = errors.line("name", typed.name, checks.LONGEST_NAME, required=True)
    email = checks.email(errors, "email", typed.email, required=True)
    checks.free_email(errors, "email", email)
    checks.password(errors, "password", typed.password, User(email=email, name=name))
    return AdminInput(name, email, typed.password)


def is_fresh() -> bool:
    """Whether the installation has no account yet."""
    return not Account.objects.exists()


def hold_setup() -> None:
    """Let only one transaction at a time set up; SQLite's writers wait for each other anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SETUP_LOCK])


def create_account(account: AccountInput, admin: AdminInput) -> Member:
    """A new account with its first admin, who is the actor; raises Invalid. Checks no right."""
    errors = Errors()
    cleaned, person = check_account(errors, account, "business"), _check_admin(errors, admin)
    errors.raise_any()
    with transaction.atomic():
        made = Account.objects.create(**vars(cleaned))
        user = User.objects.create_user(email=person.email, name=person.name, password=person.password)
        member = Member.objects.create(
            account=made, user=user, role=Role.ADMIN, name=person.name, sort_name=fold(person.name)[:120],
            email=person.email,
        )  # fmt: skip
        with account_context(made):
            record(member, "account.created", subject_id=made.pk)
    return member


def set_up(account: AccountInput, admin: AdminInput) -> Member:
    """Make the first account; of two at once only one does. Raises Missing once there is one, Invalid."""
    with transaction.atomic():
        hold_setup()
        if not is_fresh():
            raise Missing("setup")
        return create_account(account, admin)
