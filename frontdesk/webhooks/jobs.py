"""Telling other systems, in the background."""

import structlog
from django.utils import timezone

from frontdesk.accounts import mails
from frontdesk.accounts.models import Member, MemberStatus, Role
from frontdesk.core.jobs.models import QueuedJob, Status
from frontdesk.core.jobs.queue import enqueue
from frontdesk.core.jobs.registry import every, job
from frontdesk.core.tenancy.context import account_context, across_accounts
from frontdesk.core.text import gettext as _
from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.ui.jinja import url

from . import delivering
from .models import Endpoint, State

log = structlog.get_logger("webhooks")
NOTICES = {
    State.FAILING: _lazy("All messages to %(address)s failed for five days, so it gets none any more."),
    State.GONE: _lazy("%(address)s answered that it is gone, so it gets no more messages."),
}


@job("webhooks.send", attempts=1, outside=True, label=_lazy("Messages to another system"))
def send_messages(endpoint_id: str) -> None:
    """Send an endpoint what is due."""
    endpoint = Endpoint.objects.filter(pk=endpoint_id).first()
    if endpoint is not None:
        delivering.send_due(endpoint)


def _is_queued(endpoint: Endpoint) -> bool:
    """Whether a worker sends to the endpoint already, or will in a moment."""
    queued = QueuedJob.objects.filter(account_id=endpoint.account_id, status__in=[Status.WAITING, Status.RUNNING])
    return str(endpoint.pk) in [
        arguments["endpoint_id"]
        for arguments in queued.filter(name=send_messages.name).values_list("arguments", flat=True)
    ]


def _tend(endpoint: Endpoint) -> None:
    delivering.queue_news(endpoint)
    if delivering.due(endpoint, timezone.now()).exists() and not _is_queued(endpoint):
        enqueue(send_messages, endpoint_id=str(endpoint.pk))


@every("webhooks.read", seconds=5)
def read_spine() -> None:
    """Look for what is new, for every endpoint that is on."""
    with across_accounts():
        endpoints = list(Endpoint.objects.filter(state=State.ON).order_by("pk"))
    for endpoint in endpoints:
        try:
            with account_context(endpoint.account_id):
                _tend(endpoint)
        except Exception:
            log.exception("webhook was not read for", endpoint=str(endpoint.pk))


@every("webhooks.prune", hours=6)
def prune_messages() -> None:
    """Keep the log of messages to a month."""
    with across_accounts():
        delivering.forget_old()


def queue_notices(endpoint: Endpoint) -> None:
    """Tell every admin who has an address that an endpoint was switched off; in the transaction of its cause."""
    admins = Member.objects.filter(
        account_id=endpoint.account_id, role=Role.ADMIN, status=MemberStatus.ACTIVE, user__email__isnull=False
    )
    for member_id in admins.values_list("pk", flat=True):
        enqueue(send_notice, endpoint_id=str(endpoint.pk), member_id=str(member_id))


@job("webhooks.notice", label=_lazy("E-mail about a webhook"))
def send_notice(endpoint_id: str, member_id: str) -> None:
    """Mail one admin that an endpoint was switched off."""
    endpoint = Endpoint.objects.select_related("account").filter(pk=endpoint_id).first()
    members = Member.objects.filter(account_id=endpoint.account_id) if endpoint else Member.objects.none()
    member = members.select_related("user").filter(pk=member_id).first()
    if endpoint is None or member is None or not member.user.email or endpoint.state not in NOTICES:
        return
    with mails.speaking(endpoint.account, member.user.language or endpoint.account.language):
        said = _(NOTICES[State(endpoint.state)].message, address=endpoint.url)
        mail = mails.Mail(
            to=member.user.email,
            subject=_("A webhook was switched off"),
            heading=_("A webhook was switched off"),
            paragraphs=[said, _("Once the other side works again, switch it on.")],
            action_label=_("Open the webhook"),
            action_href=mails.absolute(url("webhooks:show", endpoint.pk)),
        )
        mails.send(mail, endpoint.account.name)
