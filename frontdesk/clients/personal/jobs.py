"""Making bundles in the background, and deleting them."""

from uuid import UUID

from django.utils import timezone

from frontdesk.core.jobs.registry import every, job
from frontdesk.core.tenancy.context import account_context, across_accounts
from frontdesk.core.text import gettext_lazy as _lazy

from ..imports.running import spoken_by
from . import gathering
from .models import KEPT, PersonalBundle


@job("clients.bundle", label=_lazy("Gather the data of one %(client)s"))
def make(bundle_id: str) -> None:
    """Write a bundle's file, in the language of who asked."""
    found = PersonalBundle.objects.select_related("client", "member__user", "member__account")
    bundle = found.filter(pk=UUID(bundle_id), ready_at=None).first()
    if bundle is None or bundle.member is None:
        return
    with spoken_by(bundle.member):
        bundle.size = gathering.write(bundle, bundle.client)
    bundle.ready_at = timezone.now()
    if not PersonalBundle.objects.filter(pk=bundle.pk).update(size=bundle.size, ready_at=bundle.ready_at):
        # The client was erased meanwhile.
        gathering.path_of(bundle).unlink(missing_ok=True)


@every("clients.bundle.prune", hours=1)
def prune() -> None:
    """Delete bundles after seven days, and files that no bundle knows any more."""
    with across_accounts():
        old = list(PersonalBundle.objects.filter(asked_at__lt=timezone.now() - KEPT).values_list("account_id", "pk"))
    for account_id, bundle_id in old:
        with account_context(account_id):
            PersonalBundle.objects.filter(pk=bundle_id).delete()
    with across_accounts():
        known = {f"{pk}.zip" for pk in PersonalBundle.objects.values_list("pk", flat=True)}
    for path in gathering.folder().glob("*.zip"):
        if path.name not in known:
            path.unlink(missing_ok=True)
