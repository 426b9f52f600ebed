"""Ten thousand e-mails leave while somebody works: how fast, on how many cores, and how much slower pages become."""

import os
import threading
import time
from collections import defaultdict
from contextlib import closing
from pathlib import Path
from socket import create_connection
from statistics import median

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from frontdesk.channels.models import OPEN, ChannelSettings, Dispatch, State
from frontdesk.channels.waking import wake
from frontdesk.clients.models import Client
from frontdesk.core.tenancy.context import account_context

from .. import servers
from ..client import Connection, Request
from ..report import Report
from ..talks.people import percentile
from ..visitors import Visitor

COUNT, QUICK_COUNT, PROCESSES = 10_000, 2_000, 2
WARM_UP_SECONDS, USUAL_SECONDS, PAUSE_SECONDS = 8, 15, 0.05
PATIENCE_SECONDS = 1_200
CORES, MOST_TIMES = 2, 2


class Reader(threading.Thread):
    """Somebody who opens pages in turn, with a breath between."""

    def __init__(self, port: int, visitor: Visitor, pages: list[str]):
        super().__init__(daemon=True)
        self.connection, self.visitor, self.pages = Connection(port), visitor, pages
        self.seconds: dict[str, list[tuple[float, float]]] = defaultdict(list)
        self.over = threading.Event()

    def run(self) -> None:
        """Until it is over."""
        number = 0
        while not self.over.wait(PAUSE_SECONDS):
            page = self.pages[number % len(self.pages)]
            number, began = number + 1, time.monotonic()
            self.connection.expect(Request(page, self.visitor.cookies()))
            self.seconds[page].append((began, time.monotonic() - began))

    def times(self, since: float, until: float) -> dict[str, list[float]]:
        """How long each page took between two moments, sorted."""
        return {
            page: sorted(taken for began, taken in times if since <= began <= until)
            for page, times in self.seconds.items()
        }


def _set_up(port: int) -> None:
    made = ChannelSettings(
        channel="email",
        config={
            "sending": "smtp", "smtp_host": "127.0.0.1", "smtp_port": port, "smtp_security": "none",
            "sender_address": "office@bench.example",
        },
    )  # fmt: skip
    made.save()


def _queue(count: int) -> QuerySet[Dispatch]:
    """Answers that have left wait again, as after a provider's failure; all but those to who left since will leave."""
    now = timezone.now()
    with transaction.atomic():
        ids = list(Dispatch.objects.filter(channel="email").order_by("-id").values_list("pk", flat=True)[:count])
        for start in range(0, len(ids), 500):
            Dispatch.objects.filter(pk__in=ids[start : start + 500]).update(
                state=State.QUEUED, due_at=now, next_at=now, sent_at=None, delivered_at=None, provider_id=""
            )
        wake("email")
    return Dispatch.objects.filter(channel="email", due_at=now)


def _wait_until_sent() -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while Dispatch.objects.filter(channel="email", state__in=OPEN).exists():
        if time.monotonic() > deadline:
            raise TimeoutError("not everything was sent")
        time.sleep(0.1)


def _seen(port: int) -> tuple[int, int]:
    """How many e-mails the server got, and how many different ones."""
    with closing(create_connection(("127.0.0.1", port))) as made, made.makefile("rwb") as line:
        line.readline()
        line.write(b"SEEN\r\n")
        line.flush()
        _code, count, different = line.readline().split()
        return int(count), int(different)


def _busy() -> float:
    """Seconds that all cores have worked since the machine started."""
    with open("/proc/stat") as counts:
        user, nice, system, _idle, _waiting, *others = (int(part) for part in counts.readline().split()[1:])
    return (user + nice + system + sum(others[:2])) / os.sysconf("SC_CLK_TCK")


def _pages() -> list[str]:
    client = Client.objects.order_by("id").first()
    return ["/inbox/", "/clients/", f"/clients/{client.pk}/", "/messages/"]


def run(report: Report, data: Path, admin: Visitor, *, quick: bool) -> None:
    """Each e-mail leaves once, both cores work, and no page takes more than twice its usual time."""
    with (
        account_context(admin.member.account),
        servers.mail_server(data) as port,
        servers.installation(data, PROCESSES) as server,
    ):
        _set_up(port)
        reader = Reader(server.port, admin, _pages())
        reader.start()
        time.sleep(WARM_UP_SECONDS)
        since = time.monotonic()
        time.sleep(USUAL_SECONDS)
        sent, began, busy = _queue(QUICK_COUNT if quick else COUNT), time.monotonic(), _busy()
        _wait_until_sent()
        ended, worked = time.monotonic(), _busy() - busy
        reader.over.set()
        reader.join()
        _report(report, sent.filter(state=State.SENT).count(), _seen(port), ended - began, worked)
        _compare(report, reader.times(since, began), reader.times(began, ended))


def _report(report: Report, count: int, seen: tuple[int, int], taken: float, worked: float) -> None:
    report.note(
        [f"sending: {count} e-mails in {taken:.1f} s, {count / taken:.0f} a second; {worked / taken:.2f} cores"]
    )
    report.add("sending.cores", CORES * taken, "core seconds", worked, 1.25)
    report.add("sending.lost", abs(count - seen[0]) + abs(count - seen[1]), "e-mails", 1, 0)


def _compare(report: Report, usual: dict[str, list[float]], then: dict[str, list[float]]) -> None:
    for page, times in usual.items():
        name = page.strip("/").split("/")[0] + ("-one" if page.count("/") > 2 else "")
        high = [percentile(some, 0.95) * 1000 for some in (times, then[page])]
        report.note([f"sending: {page}: 95 of 100 within {high[0]:.0f} ms, then within {high[1]:.0f} ms"])
        report.add(f"sending.page.{name}", median(then[page]) * 1000, "ms", median(times) * 1000, MOST_TIMES)
