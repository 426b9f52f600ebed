"""What happens is told in a job: it is only queued here, in the transaction of its cause."""

from datetime import datetime, timedelta

from django.utils import timezone

from frontdesk.activity.reactions import Happening, on
from frontdesk.core.jobs import registry
from frontdesk.core.jobs.queue import enqueue

TELL, RETURNED = "notify.tell", "notify.returned"
# How long people are not told yet of a verb, so that who sees the thing at once anyway is not told besides.
pauses: dict[str, timedelta] = {}
AT_ONCE = 200


def queue_notices(happened: list[Happening]) -> None:
    """Queue that people are told of these activities."""
    job, pause = registry.named(TELL), pauses.get(happened[0].verb)
    run_at = timezone.now() + pause if pause else None
    for start in range(0, len(happened), AT_ONCE):
        enqueue(job, run_at=run_at, activities=[str(one.id) for one in happened[start : start + AT_ONCE]])


@on("profile.back", "member.back")
def queue_returned(happened: list[Happening]) -> None:
    """Queue that somebody who is back hears what happened meanwhile; not who never left."""
    now = timezone.now()
    for one in happened:
        if datetime.fromisoformat(one.data["from"]) < now:
            job = registry.named(RETURNED)
            enqueue(job, member_id=str(one.subject_id), since=one.data["from"], until=now.isoformat())
