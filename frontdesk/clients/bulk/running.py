"""A bulk action's way through its clients: a part in each transaction, so that nothing is done twice or forgotten."""

from uuid import UUID

from django.db import transaction

from frontdesk.accounts.models import MemberStatus
from frontdesk.core.jobs.queue import keep_alive
from frontdesk.core.tenancy.bulk import unmapped
from frontdesk.undo.ledger import Ledger, leave_out
from frontdesk.undo.models import Change, State

from .models import BulkPart
from .verbs import VERBS, Work

AT_ONCE = 200
CHUNK = 500


def apply(actor, change: Change, ids: list[UUID]) -> None:
    """Do the change's verb with some clients, in the caller's transaction."""
    done = Work(actor, change, ids, Ledger(change))
    VERBS[change.kind.removeprefix("clients.")].apply(done)
    done.ledger.write()
    leave_out(change, done.left)
    change.records += len(done.touched)
    change.save(update_fields=["records"])


def _may_go_on(change: Change) -> bool:
    member, verb = change.member, VERBS[change.kind.removeprefix("clients.")]
    return member is not None and member.status == MemberStatus.ACTIVE and member.may(verb.right)


def _step(change_id: UUID) -> bool:
    """Do one part; whether there may be more. Whoever lost the right meanwhile does nothing further."""
    with transaction.atomic():
        change = Change.objects.select_for_update(of=("self",)).select_related("member__account").get(pk=change_id)
        if change.state != State.WORKING:
            return False
        part = BulkPart.objects.filter(change_id=change_id).order_by("id").first()
        if part is None or not _may_go_on(change):
            BulkPart.objects.filter(change_id=change_id).delete()
            change.state = State.DONE
            change.save(update_fields=["state"])
            return False
        apply(change.member, change, [UUID(client_id) for client_id in part.clients])
        part.delete()
        keep_alive(progressed=True)
    return True


def go_on(change_id: UUID) -> None:
    """Do all that is left of a bulk action."""
    with unmapped():
        while _step(change_id):
            pass
