"""The people of every test.

In *Folio Repairs*: Ana (admin), Sam (staff), Cora and Cole (co-workers), the clients Maria (served by Cora, signs in),
Victor (another client who signs in) and the Popescu children Ioana and Radu, behind whom stands one parent, Dan;
Greta is a guest of Maria's, Dora was deactivated. In *Other Studio* there is one of each.
"""

from dataclasses import dataclass, field

from django.utils import timezone

from frontdesk.accounts.models import Account, Member, MemberStatus, User
from frontdesk.clients.models import Assignment, Client, ClientAccess, Contact, ContactPoint, Note, Tally
from frontdesk.core.fold import fold
from frontdesk.core.tenancy.context import account_context

PASSWORD = "correct horse battery"


@dataclass
class Cast:
    """Members and clients by name; `other` is the second account's cast."""

    account: Account
    people: dict[str, Member] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)
    other: "Cast | None" = None

    def __getattr__(self, name):
        for group in ("people", "clients"):
            found = self.__dict__.get(group, {}).get(name)
            if found is not None:
                return found
        raise AttributeError(name)


def member(cast: Cast, name: str, role: str, *, status=MemberStatus.ACTIVE, user: User | None = None) -> Member:
    """A member of the cast with a user who can sign in as `<name>@<account>.example`."""
    domain = cast.account.name.split()[0].lower()
    user = user or User.objects.create_user(email=f"{name}@{domain}.example", name=name.title(), password=PASSWORD)
    made = Member.objects.create(
        account=cast.account, user=user, role=role, status=status, name=name.title(), sort_name=name, email=user.email
    )
    cast.people[name] = made
    return made


def client(cast: Cast, key: str, name: str, *, kind="person", email="", phone="", status="active") -> Client:
    """A client of the cast with a primary contact."""
    now = timezone.now()
    made = Client.objects.create(
        account=cast.account, kind=kind, status=status, name=name, sort_key=fold(name), email=email, phone=phone,
        has_mobile=bool(phone), created_at=now, updated_at=now,
    )  # fmt: skip
    contact = Contact.objects.create(client=made, account=cast.account, name=name, is_primary=True)
    for point_kind, value in (("email", email), ("phone", phone)):
        if value:
            point = ContactPoint(contact=contact, account=cast.account, kind=point_kind, value=value, normal=value)
            point.is_mobile = point_kind == "phone"
            point.save()
    tally, _made = Tally.objects.get_or_create(account=cast.account, status=status)
    Tally.objects.filter(pk=tally.pk).update(count=tally.count + 1)
    cast.clients[key] = made
    return made


def _index(cast: Cast) -> None:
    from frontdesk.clients.summary import index

    for made in cast.clients.values():
        index(made)


def _access(cast: Cast, key: str, person: Member) -> None:
    ClientAccess.objects.create(account=cast.account, client=cast.clients[key], member=person)
    Client.objects.filter(pk=cast.clients[key].pk).update(has_portal=True)
    cast.clients[key].has_portal = True


def _folio() -> Cast:
    cast = Cast(
        Account.objects.create(name="Folio Repairs", country="RO", time_zone="Europe/Bucharest", currency="RON")
    )
    with account_context(cast.account):
        member(cast, "ana", "admin")
        member(cast, "sam", "staff")
        cora = member(cast, "cora", "coworker")
        member(cast, "cole", "coworker")
        member(cast, "dora", "staff", status=MemberStatus.INACTIVE)
        maria = client(cast, "maria", "Maria Ionescu", email="maria@example.com", phone="+40745112908")
        client(cast, "victor", "Victor Țurcanu", email="victor@example.com")
        client(cast, "ioana", "Ioana Popescu", email="dan@example.com")
        client(cast, "radu", "Radu Popescu", email="dan@example.com")
        Assignment.objects.create(account=cast.account, client=maria, member=cora, sort_key=maria.sort_key)
        _access(cast, "maria", member(cast, "mia", "client"))
        _access(cast, "victor", member(cast, "vic", "client"))
        dan = member(cast, "dan", "client")
        _access(cast, "ioana", dan)
        _access(cast, "radu", dan)
        _access(cast, "maria", member(cast, "greta", "guest"))
        _access(cast, "victor", member(cast, "gil", "guest"))
        Note.objects.create(account=cast.account, client=maria, author=cora, body="Prefers calls after 16:00.")
        _index(cast)
    return cast


def _other() -> Cast:
    cast = Cast(Account.objects.create(name="Other Studio", country="FR", time_zone="Europe/Paris"))
    with account_context(cast.account):
        member(cast, "olga", "admin")
        member(cast, "oscar", "coworker")
        zoe = client(cast, "zoe", "Zoé Martin", email="zoe@example.com", phone="+33612345678")
        _access(cast, "zoe", member(cast, "zed", "client"))
        Assignment.objects.create(account=cast.account, client=zoe, member=cast.oscar, sort_key=zoe.sort_key)
        Note.objects.create(account=cast.account, client=zoe, author=cast.oscar, body="Secret of another business.")
        _index(cast)
    return cast


def make_cast() -> Cast:
    """Both accounts with everyone in them."""
    cast = _folio()
    cast.other = _other()
    return cast
