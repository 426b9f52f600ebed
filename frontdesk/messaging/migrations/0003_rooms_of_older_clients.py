"""Clients from before there were rooms get theirs in the background, so that an upgrade need not wait for it."""

from django.db import migrations
from django.utils import timezone


def queue(apps, schema_editor):
    """Queue the job for each account."""
    job, now = apps.get_model("jobs", "QueuedJob"), timezone.now()
    for account_id in apps.get_model("accounts", "Account").objects.values_list("pk", flat=True).iterator():
        job.objects.create(name="messages.rooms", account_id=account_id, run_at=now)


class Migration(migrations.Migration):
    dependencies = [("messaging", "0002_text_index"), ("accounts", "0001_initial"), ("jobs", "0001_initial")]
    operations = [migrations.RunPython(queue, migrations.RunPython.noop)]
