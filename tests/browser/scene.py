"""A business in use: the cast with everything that pages can show, names of every kind included."""

from datetime import time, timedelta

from django.utils import timezone

from frontdesk.accounts.models import ApiToken, Invitation, Member, MemberStatus
from frontdesk.clients import actions
from frontdesk.clients.models import Assignment
from frontdesk.clients.values import AddressInput, ClientInput, ContactInput, PointInput
from frontdesk.core.jobs.models import QueuedJob, Status
from frontdesk.core.tenancy.context import account_context

from ..cast import Cast

PAGE_OF_CLIENTS = 50
HARD_NAMES = [
    "מרים כהן־לוי",
    "محمد عبد الرحمن الشريف",
    "🎻 Studio Élégie 🎼",
    "Wolfeschlegelsteinhausenbergerdorff-Kalnoky-Vörösmarty-Țepeș-Brâncoveanu",
    "Ștefănescu-Câmpeanu Ana-Maria-Alexandra-Cristina-Elena",
    "李",
    "O'Neil & Sons <b>Ltd</b>",
]
LONG_NOTE = (
    "Asked twice about the invoice of March; prefers to be called after 16:00.\n\nhttps://example.com/" + "x" * 120
)


def _typed(name: str, number: int) -> ClientInput:
    contact = ContactInput(
        name=name,
        role="Directrice administrative et financière" if number % 2 else "",
        emails=[PointInput(f"person{number}@a-rather-long-domain-name.example.com", label="Work", consent=True)],
        phones=[PointInput(f"+4074511{number:04d}", label="Mobile")],
    )
    address = AddressInput(
        street="Strada Academiei 28–30, etaj 4", postal_code="010016", city="București", country="RO"
    )
    return ClientInput(name=name, contact=contact, address=address, tags=["VIP", "Comptabilité", "Long waiting list"])


def _clients(cast: Cast) -> None:
    for number, name in enumerate(HARD_NAMES):
        cast.clients[f"hard{number}"] = actions.create_client(cast.ana, _typed(name, number))
    for number in range(PAGE_OF_CLIENTS):
        actions.create_client(
            cast.ana, ClientInput(name=f"Client {number:02d}", contact=ContactInput(name=f"Contact {number:02d}"))
        )


def _maria(cast: Cast) -> None:
    maria = cast.maria
    actions.add_contact(cast.ana, maria, _typed(HARD_NAMES[4], 901).contact)
    actions.add_contact(cast.ana, maria, ContactInput(name="No Reach"))
    actions.add_address(cast.ana, maria, _typed("", 0).address)
    actions.set_tags(cast.ana, maria, ["VIP", "Weekly", "Comptabilité"])
    actions.add_note(cast.ana, maria, LONG_NOTE)
    actions.set_availability(cast.ana, maria, [actions.Interval(day, time(9), time(12, 30)) for day in (0, 0, 2)][1:])
    Assignment.objects.get_or_create(account=cast.account, client=cast.clients["hard3"], member=cast.cora)


def _people(cast: Cast) -> None:
    now = timezone.now()
    for number, expires in enumerate([now + timedelta(days=6), now - timedelta(days=1)]):
        invited = Member.objects.create(
            account=cast.account, role="coworker", status=MemberStatus.INVITED, name=HARD_NAMES[number + 3],
            sort_name=f"zz{number}", email=f"invited{number}@a-rather-long-domain-name.example.com",
        )  # fmt: skip
        Invitation.objects.create(
            account=cast.account, member=invited, email=invited.email, token_hash=str(number) * 64, expires_at=expires,
            invited_by=cast.ana,
        )  # fmt: skip
    cast.cora.phone = "+40745112333"
    cast.cora.save(update_fields=["phone"])
    for name in ("ana", "mia"):
        ApiToken.objects.create(
            account=cast.account, member=getattr(cast, name), name="Website", prefix="fd_1234", token_hash=name * 20,
            scopes=["clients.client:view"],
        )  # fmt: skip


def _failed_job(cast: Cast) -> None:
    now = timezone.now()
    QueuedJob.objects.create(
        name="accounts.invite", account_id=cast.account.pk, status=Status.DEAD, run_at=now, ended_at=now,
        attempts=5, error="Traceback of the job\nConnectionRefusedError: [Errno 111] Connection refused",
    )  # fmt: skip


def furnish(cast: Cast) -> Cast:
    """Fill the first account of the cast."""
    with account_context(cast.account):
        for fill in (_clients, _maria, _people, _failed_job):
            fill(cast)
    return cast
