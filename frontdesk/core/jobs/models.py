"""The queue of background work, its schedule, and the worker's sign of life; local to one installation."""

from django.db import models

from frontdesk.core.ids import uuid7


class Status(models.TextChoices):
    """Where a queued job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    DEAD = "dead"
    CANCELLED = "cancelled"


class QueuedJob(models.Model):
    """One call of a registered job, written in the same transaction as its cause; `lane` is the job's."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=80)
    lane = models.CharField(max_length=20, blank=True, db_default="")
    account_id = models.UUIDField(null=True)
    arguments = models.JSONField(default=dict)
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    run_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    queued_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)
    request_id = models.CharField(max_length=36, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["status", "lane", "run_at"], name="job_due_in_lane"),
            models.Index(fields=["account_id", "status", "id"], name="job_of_account"),
        ]


class Schedule(models.Model):
    """When each periodic job runs next."""

    name = models.CharField(max_length=80, primary_key=True)
    next_at = models.DateTimeField()


class Heartbeat(models.Model):
    """The last time the background worker showed that it lives."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()
