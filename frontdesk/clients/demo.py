"""Demo clients: realistic, in the visitor's language, the same for the same seed."""

from datetime import time
from random import Random

from django.db import transaction

from frontdesk.accounts.models import Role
from frontdesk.activity.backdating import Moved, backdate
from frontdesk.core.fold import fold
from frontdesk.core.registry import DemoFiller, demo_fillers
from frontdesk.core.tenancy.bulk import bulk_update

from . import actions
from .demo_words import SAMPLES, Sample
from .models import Assignment, Client, ClientAccess, Kind, Note, Status
from .values import AddressInput, ClientInput, ContactInput, PointInput

DOMAINS = ("example.com", "example.org", "example.net")
STATUSES = [Status.ACTIVE] * 8 + [Status.PROSPECT] * 2 + [Status.INACTIVE]


def _email(name: str, number: int, random: Random) -> str:
    local = "".join(c if c.isalnum() else "." for c in fold(name))
    return f"{local}{number}@{random.choice(DOMAINS)}"


def _phone(random: Random, sample: Sample) -> str:
    return sample.mobile + "".join(str(random.randint(0, 9)) for _digit in range(sample.digits))


def _address(random: Random, sample: Sample) -> AddressInput:
    city, code = random.choice(sample.cities)
    street = f"{random.choice(sample.streets)} {random.randint(1, 120)}"
    return AddressInput(street=street, postal_code=code, city=city, country=sample.country)


def typed_client(random: Random, sample: Sample, number: int) -> ClientInput:
    """The `number`th demo client, as somebody would type it."""
    person = f"{random.choice(sample.first)} {random.choice(sample.last)}"
    company = random.random() < 0.15
    name = random.choice(sample.companies) + (f" {number}" if number > 40 else "") if company else person
    contact = ContactInput(
        name=person,
        role=random.choice(sample.roles) if company else "",
        emails=[PointInput(_email(person, number, random), consent=True)] if random.random() < 0.9 else [],
        phones=[PointInput(_phone(random, sample), consent=True)] if random.random() < 0.85 else [],
    )
    return ClientInput(
        name=name,
        kind=Kind.ORGANISATION if company else Kind.PERSON,
        status=random.choice(STATUSES),
        reference=f"C-{number:05d}",
        contact=contact,
        address=_address(random, sample) if random.random() < 0.7 else AddressInput(),
        tags=random.sample(sample.tags, random.choice((0, 0, 1, 1, 2))),
    )


def _live(world, client: Client, sample: Sample) -> None:
    """Give a client a team, notes and availability, as a business in use would have them."""
    random, coworkers = world.random, [m for m in world.members if m.role == Role.COWORKER]
    actor = random.choice([m for m in world.members if m.is_office])
    if coworkers and random.random() < 0.7:
        actions.assign(actor, client, [random.choice(coworkers).pk])
    if random.random() < 0.4:
        actions.add_note(random.choice(world.members), client, random.choice(sample.notes))
    if random.random() < 0.3:
        days = random.sample(range(5), 3)
        actions.set_availability(actor, client, [actions.Interval(day, time(9), time(12, 30)) for day in days])


def fill(world) -> None:
    """Add `world.clients_wanted` clients to the account in context; the first ones get a lively history."""
    sample = SAMPLES.get(world.language, SAMPLES["en"])
    office = next(member for member in world.members if member.is_admin)
    for number in range(1, world.clients_wanted + 1):
        client = actions.create_client(office, typed_client(world.random, sample, number))
        if number <= 200:
            _live(world, client, sample)
        world.clients.append(client)
    _open_portal(world)


def _open_portal(world) -> None:
    """Let one client sign in, so that a visitor sees the portal too."""
    served = (client for client in world.clients if client.kind == Kind.PERSON and client.status == Status.ACTIVE)
    client = next(served, None)
    if client is None:
        return
    domain = world.admin.email.partition("@")[2].partition(".")[0]
    username = "".join(c if c.isalnum() else "." for c in fold(client.name)) + f".{domain}"
    actions.open_sign_in(world.admin, client, username, world.password)
    world.let_in(ClientAccess.objects.select_related("member__user").get(client_id=client.pk).member)


def _dated(moved: list[Moved]) -> None:
    """Give what was made the moment at which its activity says that it was."""
    made = {one.subject_id: one.at for one in moved if one.verb in ("client.created", "note.added")}
    latest = {one.client_id: one.at for one in moved}
    clients = Client.objects.values_list("pk", flat=True)
    bulk_update(Client, ("created_at", "updated_at"), [(made[pk], latest[pk], pk) for pk in clients if pk in made])
    bulk_update(
        Note, ("created_at",), [(made[pk], pk) for pk in Note.objects.values_list("pk", flat=True) if pk in made]
    )
    assigned = {(one.client_id, one.data.get("member")): one.at for one in moved if one.verb == "client.assigned"}
    ties = Assignment.objects.values_list("pk", "client_id", "member_id")
    known = [(assigned.get((client, str(member))), pk) for pk, client, member in ties]
    bulk_update(Assignment, ("assigned_at",), [(at, pk) for at, pk in known if at])


def spread(world) -> None:
    """Let the demo's past reach back some months."""
    with transaction.atomic():
        _dated(backdate(world.random))


def register() -> None:
    """Called once at start-up."""
    demo_fillers.register("clients", DemoFiller("clients", fill, order=20))
    demo_fillers.register("past", DemoFiller("past", spread, order=1000))
