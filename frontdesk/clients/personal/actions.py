"""Asking for a bundle of one client's data, and erasing a client."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from frontdesk.accounts import actions as accounts
from frontdesk.accounts.models import Member
from frontdesk.activity.spine import record
from frontdesk.core.errors import Conflict, Invalid
from frontdesk.core.fold import fold
from frontdesk.core.jobs.queue import enqueue
from frontdesk.core.text import gettext as _
from frontdesk.search import index as search_index

from .. import access, permissions, summary
from ..actions.records import count
from ..deletion import deletion_checks
from ..models import Client, ClientAccess, ContactPoint, PrivateNote
from . import gathering, traces
from .jobs import make
from .models import PersonalBundle
from .registry import personal_parts


def ask_for_bundle(actor, client: Client) -> PersonalBundle:
    """Have a file made with everything that is known of a client; raises Forbidden."""
    access.require(actor, permissions.EXPORT)
    with transaction.atomic():
        made = PersonalBundle.objects.create(
            account_id=actor.account_id, client=client, member_id=actor.id, asked_at=timezone.now()
        )
        record(actor, "client.bundle", subject_id=client.pk, client_id=client.pk)
        enqueue(make, bundle_id=str(made.pk))
    return made


def against_erasure(client: Client) -> list[str]:
    """What must stay, such as payments that the law keeps; portal access is none, it goes with the client."""
    checks = [check for key, check in deletion_checks.items() if key != "portal"]
    return [reason for check in checks for reason in check.reasons(client)]


def _markers(client: Client, ids: list[UUID]) -> list[str]:
    """Texts by which what lies elsewhere is recognised as the client's."""
    values = ContactPoint.objects.filter(contact__client_id=client.pk).values_list("normal", flat=True)
    names = client.contacts.values_list("name", flat=True)
    return [text for text in {client.name, *map(str, ids), *values, *names} if len(text) > 3]


def _forget_people(actor, client: Client) -> None:
    """Those who sign in for nobody else are forgotten with the client."""
    people = list(ClientAccess.objects.filter(client_id=client.pk).values_list("member_id", flat=True))
    others = ClientAccess.objects.filter(member_id__in=people).exclude(client_id=client.pk)
    staying = set(others.values_list("member_id", flat=True))
    ClientAccess.objects.filter(client_id=client.pk).delete()
    for member in Member.objects.filter(account_id=client.account_id, pk__in=set(people) - staying):
        PrivateNote.objects.filter(member_id=member.pk).delete()
        accounts.forget(actor, member)


def erase(actor, client: Client, typed: str) -> None:
    """Remove a client's personal data everywhere, for good; `typed` is its name, to be sure.

    The sealed log keeps its rows, which hold ids only. Raises Invalid, Conflict with what must stay, Forbidden.
    """
    access.require(actor, permissions.ERASE)
    if fold(typed.strip()) != fold(client.name):
        raise Invalid({"name": [_("Write the name exactly as it stands above.")]})
    reasons = against_erasure(client)
    if reasons:
        raise Conflict({"": reasons})
    ids = [client.pk, *(UUID(former) for former in client.formerly or ())]
    markers = _markers(client, ids)
    bundles = [gathering.path_of(bundle) for bundle in PersonalBundle.objects.filter(client_id=client.pk)]
    with traces.overwriting(), transaction.atomic():
        for part in personal_parts:
            part.erase(actor, client, ids)
        sources = traces.erase_imports(ids)
        traces.erase_ledger(ids)
        _forget_people(actor, client)
        traces.erase_jobs(actor.account_id, markers)
        traces.erase_answers(actor.account_id)
        search_index.remove(summary.KIND, [client.pk])
        count(actor.account_id, client.status, -1)
        Client.objects.filter(pk=client.pk).delete()
        record(actor, "client.erased", subject_id=ids[0], client_id=ids[0])
    traces.remove_files(bundles, sources)
