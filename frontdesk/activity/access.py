"""Who may see the log and the background jobs."""

from uuid import UUID

from django.db.models import QuerySet

from frontdesk.core.errors import Forbidden, Missing
from frontdesk.core.jobs.models import QueuedJob
from frontdesk.core.jobs.queue import dead_jobs

from . import permissions


def dead_jobs_for(actor) -> QuerySet[QueuedJob]:
    """The given-up jobs of the actor's account, newest first; raises Forbidden without the right."""
    if not actor.may(permissions.JOBS):
        raise Forbidden(permissions.JOBS)
    return dead_jobs(actor.account_id)


def get_dead_job(actor, job_id: UUID) -> QueuedJob:
    """One of them; raises Missing."""
    found = dead_jobs_for(actor).filter(pk=job_id).first()
    if found is None:
        raise Missing("job")
    return found
