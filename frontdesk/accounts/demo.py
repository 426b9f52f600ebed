"""A demo business: people of this domain, then whatever each higher domain fills in."""

import sys
from dataclasses import dataclass, field
from random import Random

from django.db import transaction

from frontdesk.core.errors import Missing
from frontdesk.core.fold import fold
from frontdesk.core.reader import in_language
from frontdesk.core.registry import demo_fillers
from frontdesk.core.tenancy.context import account_context

from . import actions
from .actions.members import PersonInput
from .actions.setup import AccountInput, AdminInput, hold_setup
from .choices import HOME_COUNTRIES, currency_of, zone_of
from .demo_words import SAMPLES
from .models import Account, Member, Role, User
from .signin.passwords import readable_password, set_own

# Numbers that are set aside for stories: nobody is called by them.
PHONES = {"GB": "+442079460123", "FR": "+33199001234"}


@dataclass
class World:
    """What the fillers of a demo share; the same seed gives the same business."""

    account: Account
    language: str
    random: Random
    password: str
    clients_wanted: int
    members: list[Member] = field(default_factory=list)
    clients: list = field(default_factory=list)

    @property
    def admin(self) -> Member:
        """Who runs the business."""
        return next(member for member in self.members if member.is_admin)

    def let_in(self, member: Member) -> None:
        """Let a person sign in with the demo's password, and say so to the visitor."""
        if member.user is not None:
            set_own(member.user, self.password)
        self.members.append(member)


def _login(name: str, suffix: str) -> str:
    return fold(name).partition(" ")[0] + f"@{suffix}.example"


def _free_suffix(name: str) -> str:
    """A made-up mail domain that no user has yet, so that several demos stand side by side."""
    suffix, number = "demo", 1
    while User.objects.filter(email=_login(name, suffix)).exists():
        number += 1
        suffix = f"demo{number}"
    return suffix


def _begin(clients: int, seed: int, language: str, password: str) -> tuple[World, str]:
    """The account and its admin."""
    sample = SAMPLES.get(language, SAMPLES["en"])
    random = Random(seed)  # noqa: S311 data to look at, no secrets
    country = HOME_COUNTRIES.get(language, "GB")
    region = {"time_zone": zone_of(country), "currency": currency_of(country), "country": country}
    name = random.choice(sample.people)
    suffix = _free_suffix(name)
    reach = {"contact_email": f"office@{suffix}.example", "contact_phone": PHONES.get(country, PHONES["GB"])}
    account = AccountInput(name=random.choice(sample.businesses), language=language, **region, **reach)
    admin = actions.create_account(account, AdminInput(name, _login(name, suffix), password))
    return World(admin.account, language, random, password, clients, [admin]), suffix


def _colleagues(world: World, suffix: str) -> None:
    """One of the staff and four co-workers, with the same password as the admin."""
    sample = SAMPLES.get(world.language, SAMPLES["en"])
    free = [name for name in sample.people if name != world.admin.name]
    names = world.random.sample(free, 5)
    for name, role in zip(names, [Role.STAFF] + [Role.COWORKER] * 4, strict=True):
        person = PersonInput(name=name, role=role.value, email=_login(name, suffix))
        member, _none = actions.create_member(world.admin, person, world.password)
        world.let_in(member)


def _fill(world: World) -> World:
    with account_context(world.account), in_language(world.language):
        for filler in demo_fillers:
            filler.fill(world)
    return world


def _people(clients: int, seed: int, language: str, password: str) -> World:
    world, suffix = _begin(clients, seed, language, password)
    with account_context(world.account):
        _colleagues(world, suffix)
    return world


def first_demo(clients: int, seed: int, language: str) -> World:
    """The demo business of an empty installation; raises Missing where there is an account already."""
    with transaction.atomic():
        hold_setup()
        if not actions.is_fresh():
            raise Missing("setup")
        world = _people(clients, seed, language, readable_password())
    return _fill(world)


def _shown_login(member: Member) -> str:
    return (member.user.username if member.user else "") or member.email


def sign_in_data(world: World) -> list[dict]:
    """Who signs in: {name, role, login}."""
    return [
        {"name": member.name, "role": str(Role(member.role).label), "login": _shown_login(member)}
        for member in world.members
    ]


def make_world(clients: int, seed: int, language: str, password: str = "") -> World:
    """A demo business beside whatever is there; raises Invalid for a language that is not on offer."""
    with transaction.atomic():
        world = _people(clients, seed, language, password or readable_password())
    return _fill(world)


def make_demo(clients: int = 200, seed: int = 1, language: str = "en", password: str = "") -> Account:
    """As `make_world`, and print how to sign in."""
    world = make_world(clients, seed, language, password)
    lines = [f"{world.account.name}: password {world.password}"]
    lines += [f"  {row['login']:<32} {row['name']} ({row['role']})" for row in sign_in_data(world)]
    sys.stdout.write("\n".join(lines) + "\n")
    return world.account
