"""Telling people, in the background."""

from uuid import UUID

from frontdesk.core.jobs.registry import every, job
from frontdesk.core.text import gettext_lazy as _lazy

from . import pushing, returning, sending, telling, upkeep
from .handlers import RETURNED, TELL


@job(TELL, joins="activities", label=_lazy("Notifications"))
def tell(activities: list[str]) -> None:
    """Tell everybody whom these activities concern."""
    telling.tell([UUID(one) for one in activities])


@job(sending.SEND, label=_lazy("Notifications by push and e-mail"))
def send(member_id: str, channel: str) -> None:
    """Hand over what is due for a member by a channel."""
    sending.hand_over(UUID(member_id), channel)


@job(sending.MAIL, outside=True, label=_lazy("E-mail with notifications"))
def mail(member_id: str, notices: list[str], batch: str) -> None:
    """E-mail a member some notices."""
    sending.mail(UUID(member_id), [UUID(one) for one in notices], UUID(batch))


@job(sending.PUSH, outside=True, label=_lazy("Push notification"))
def push(device_id: str, notices: list[str], attempt: int = 0) -> None:
    """Push some notices to a device."""
    pushing.push(UUID(device_id), [UUID(one) for one in notices], attempt)


@job(RETURNED, label=_lazy("What happened while somebody was away"))
def returned(member_id: str, since: str, until: str) -> None:
    """Tell a member who is back."""
    returning.tell_returned(UUID(member_id), since, until)


@every("notify.returned_by_time", minutes=5)
def returned_by_time() -> None:
    """Tell those whose time away ended by itself."""
    returning.find_returned()


@every("notify.dead_jobs", minutes=5)
def dead_jobs() -> None:
    """Tell admins of background jobs that were given up."""
    upkeep.tell_dead_jobs()


@every("notify.prune", hours=6)
def prune() -> None:
    """Keep the tables of notices small."""
    upkeep.prune()
