"""Whether cost and number of queries depend on how many clients the account has."""

import os
from collections.abc import Callable
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.exceptions import NoReverseMatch

from frontdesk.activity.models import Activity
from frontdesk.clients.models import Address, Contact, Kind, Note, Status
from frontdesk.core.tenancy.context import account_context

from . import inside, variants
from .client import Request
from .cpu import Backends, Meter
from .jobs import Requests
from .report import Report

Asked = Callable[[int], Request]
SEARCHED = 100
MOST_QUERIES = 12
MOST_GROWTH = 1.3
ROUNDS, FEWER_ROUNDS, REQUESTS, WARM_UP = 11, 5, 15, 10
# What only signs in or out, streams a file or answers about the installation is no page or list.
LEFT_OUT = (
    "account_", "clients:export", "activity:audit_export", "observability:",
    # Two statements more where somebody is alike, which only the large account has; a test counts them.
    "clients:likely", "api:list_likely",
)  # fmt: skip


def _milliseconds(meter: Meter, ask: Asked, start: int) -> float:
    meter.start()
    for number in range(start, start + REQUESTS):
        inside.ask(ask(number))
    return meter.seconds() / REQUESTS * 1000


def _compare(meter: Meter, many: Asked, few: Asked, rounds: int) -> list[tuple[float, float]]:
    """(large, small) in ms of alternating rounds."""
    for number in range(WARM_UP):
        inside.ask(many(number))
        inside.ask(few(number))
    starts = range(0, rounds * REQUESTS, REQUESTS)
    return [(_milliseconds(meter, many, start), _milliseconds(meter, few, start)) for start in starts]


def cost(report: Report, large: Requests, small: Requests, *, quick: bool) -> None:
    """CPU time of lists, search and open in the large account against a small one."""
    meter, rounds = Meter(os.getpid(), Backends()), FEWER_ROUNDS if quick else ROUNDS
    for one, other in zip(large.reading(), small.reading(), strict=True):
        report.add_rounds(f"growth.{one.name}.html", _compare(meter, one.pages, other.pages, rounds), MOST_GROWTH)
        report.add_rounds(f"growth.{one.name}.api", _compare(meter, one.api, other.api, rounds), MOST_GROWTH)
    if quick:
        return
    for one, other in zip(variants.singles(large), variants.singles(small), strict=True):
        report.add_rounds(f"growth.{one.name}.api", _compare(meter, one.api, other.api, FEWER_ROUNDS), MOST_GROWTH)


def _routes(patterns, prefix: str = "", spaces: str = "") -> list[tuple[str, str, URLPattern]]:
    """(name with namespace, address, pattern) of every route."""
    found = []
    for pattern in patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            space = spaces + (f"{pattern.namespace}:" if pattern.namespace else "")
            found += _routes(pattern.url_patterns, path, space)
        elif pattern.name:
            found.append((spaces + pattern.name, path, pattern))
    return found


def _objects(requests: Requests) -> dict[str, UUID]:
    """A value for every identifier in the addresses, all about one client."""
    member = requests.visitor.member
    with account_context(member.account_id):
        alike = Note.objects.filter(client__kind=Kind.PERSON, client__status=Status.ACTIVE)
        noted = alike.order_by("id").values_list("client_id", flat=True)[:SEARCHED]
        # With a note and a colleague in its history, the page needs all that it can need.
        lively = Activity.objects.filter(verb="client.assigned", client_id__in=list(noted)).first()
        note = Note.objects.filter(client_id=lively.client_id).first()
        contact = Contact.objects.filter(client_id=note.client_id).first()
        address = Address.objects.order_by("id").first()
    return {
        "client_id": note.client_id, "note_id": note.pk, "contact_id": contact.pk, "address_id": address.pk,
        "member_id": member.pk,
    }  # fmt: skip


def _addresses(requests: Requests) -> dict[str, Request]:
    """Route name to a plain read of it; routes that need other objects are absent."""
    objects, found = _objects(requests), {}
    for name, path, pattern in _routes(get_resolver().url_patterns):
        if name.startswith(LEFT_OUT):
            continue
        needed = {key: objects.get(key) for key in pattern.pattern.regex.groupindex}
        try:
            address = reverse(name, kwargs=needed)
        except NoReverseMatch:
            continue
        api = path.startswith("api/")
        headers = requests.visitor.bearer() if api else requests.visitor.cookies()
        found[name] = Request(address, headers)
    return found


def _queries(request: Request) -> int | None:
    """How many statements a read runs once everything is loaded; None when it is not a plain read."""
    if inside.status_of(request) != 200:
        return None
    with inside.Statements() as ran:
        inside.status_of(request)
    return len(ran.seen)


def queries(report: Report, large: Requests, small: Requests) -> None:
    """The number of queries of every page and API read, and whether it is no larger in the large account."""
    here, there = _addresses(large), _addresses(small)
    counts = {name: (_queries(here[name]), _queries(there[name])) for name in here}
    known = {name: pair for name, pair in counts.items() if None not in pair}
    worst = max(known, key=lambda name: known[name][0])
    report.add(f"queries.most ({len(known)} routes, {worst})", known[worst][0], "queries", 1, MOST_QUERIES)
    uneven = [name for name, (many, few) in known.items() if many > few]
    report.add("queries.uneven" + "".join(f" {name}" for name in uneven), len(uneven), "routes", 1, 0)
