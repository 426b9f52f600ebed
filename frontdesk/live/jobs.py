"""Upkeep of events."""

from datetime import timedelta

from django.utils import timezone

from frontdesk.core.jobs.registry import every

from .models import LiveEvent

KEPT = timedelta(hours=1)


@every("live.prune", minutes=5)
def prune() -> None:
    """Delete what is older than an hour; the newest stays, so that numbers can be compared with it."""
    newest = LiveEvent.objects.order_by("-number").values_list("number", flat=True).first()
    LiveEvent.objects.filter(at__lt=timezone.now() - KEPT).exclude(number=newest).delete()
