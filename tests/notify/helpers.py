"""What the tests of notifications share."""

from frontdesk.core.jobs.models import QueuedJob
from frontdesk.core.jobs.worker import run_due
from frontdesk.notify import queries
from frontdesk.notify.models import Counter, Notice


def told(member) -> list[tuple[str, int]]:
    """Kind and count of a member's notices, in the order in which they came to be."""
    return list(Notice.objects.filter(member_id=member.pk).order_by("id").values_list("kind", "count"))


def titles(member) -> list[str]:
    """What a member reads, newest first."""
    return [row.wording.title for row in queries.notices(member).rows]


def number(member) -> int:
    """All unread notices that the counters of a member know."""
    return sum(Counter.objects.filter(member_id=member.pk).values_list("unread", flat=True))


def work() -> int:
    """Run what is due, as the worker does; fails where a job failed."""
    done = run_due()
    assert not QueuedJob.objects.exclude(error="").exists(), QueuedJob.objects.exclude(error="").first().error
    return done
