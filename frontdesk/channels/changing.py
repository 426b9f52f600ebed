"""Writing that messages changed: the one place that tells the spine and their causes."""

from collections import defaultdict
from collections.abc import Iterable

from frontdesk.accounts.models import Account, System
from frontdesk.activity.spine import record_many
from frontdesk.core.tenancy.context import current_account_id
from frontdesk.core.tenancy.prepared import PreparedObjects

from .models import Dispatch, State
from .registry import causes, channels

# What is no news to anybody: the cause itself says that a message was written.
QUIET = {State.QUEUED, State.SENDING, State.SENT, State.KEPT}
RANK = {State.QUEUED: 1, State.SENDING: 2, State.SENT: 3, State.DELIVERED: 4, State.READ: 5}
TIMES = {
    State.SENT: "sent_at", State.DELIVERED: "delivered_at", State.READ: "read_at", State.FAILED: "failed_at",
}  # fmt: skip
ACCOUNT = PreparedObjects(Account, {}, lambda account_id: Account.objects.filter(pk=account_id), scoped=False)


def may_move(row: Dispatch, to: str) -> bool:
    """Whether a report that a message is in a state says anything new: states go forward only.

    What failed may turn out delivered after all; what was delivered does not fail any more.
    """
    if row.state in (State.CANCELLED, State.KEPT):
        return False
    if to == State.FAILED:
        return row.state in RANK and RANK[State(row.state)] <= RANK[State.SENT]
    if row.state == State.FAILED:
        return to in (State.DELIVERED, State.READ) and bool(row.sent_at or row.provider_id)
    return RANK[State(to)] > RANK[State(row.state)]


def account_in_context() -> Account:
    """The account whose messages these are."""
    return ACCOUNT(current_account_id())[0]


def data_of(row: Dispatch) -> dict:
    """What an activity says of a message: ids and states."""
    cause_id = str(row.cause_id) if row.cause_id else ""
    return {"channel": row.channel, "cause": row.cause, "cause_id": cause_id, "reason": row.reason}


def tell(actor, verb: str, rows: Iterable[Dispatch]) -> None:
    """Record a verb of messages."""
    record_many(actor, verb, [(row.pk, row.client_id, data_of(row)) for row in rows])


def changed(rows: list[Dispatch]) -> None:
    """Tell the causes, in the transaction of the change."""
    of: dict[str, list[Dispatch]] = defaultdict(list)
    for row in rows:
        of[row.cause].append(row)
    for key, own in of.items():
        cause = causes.get(key)
        if cause is not None:
            cause.changed(own)


def reported(rows: list[Dispatch], account: Account | None = None) -> None:
    """Record what became of messages, by the account itself, and tell their channels and causes."""
    news: dict[str, list[Dispatch]] = defaultdict(list)
    for row in rows:
        if row.state not in QUIET:
            news[row.state].append(row)
    if news:
        account = account or account_in_context()
        for state, own in news.items():
            tell(System(account), f"dispatch.{state}", own)
        _failed(account, news.get(State.FAILED, []))
    changed(rows)


def _failed(account: Account, rows: list[Dispatch]) -> None:
    for key in {row.channel for row in rows}:
        channel = channels.get(key)
        if channel is not None:
            channel.failed(account, [row for row in rows if row.channel == key])
