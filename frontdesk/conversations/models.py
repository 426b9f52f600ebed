"""Conversations with clients, and by what way each of their messages came or went."""

from django.db import models
from django.db.models import Q

from frontdesk.channels.models import Dispatch
from frontdesk.clients.models import Client, Contact
from frontdesk.core.tenancy.fields import AccountForeignKey
from frontdesk.core.tenancy.models import TenantModel
from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.messaging.models import Message, Thread
from frontdesk.teams.models import Team

from .saved.models import SavedReply as SavedReply

# Kinds of threads: what the client reads, and what only the team does.
PUBLIC, NOTES = "conversation", "notes"
LONGEST_QUOTE = 4_000


class State(models.TextChoices):
    """Open ones are somebody's work; snoozed ones come back by themselves, at their time or with the next message."""

    OPEN = "open", _lazy("Open")
    SNOOZED = "snoozed", _lazy("Snoozed")
    CLOSED = "closed", _lazy("Closed")


class Conversation(TenantModel):
    """What is said with one client. `thread` is read by both sides, `notes` by the team alone.

    Two threads, not one with a mark, so that no page, search or event can show a note to a client by mistake.
    `channel` is the one of the newest message, `last_at` its time, None as long as nothing was said. `waiting_since` is
    when the client began to wait for an answer, None when it does not. A `former` one came from a client that was
    merged into another; it can be read, not written. `handed_by` is the colleague for whom the assignee stands in.
    `unconfirmed` says that the sender of its first message is not proven to be who they say.
    """

    client = AccountForeignKey(Client, models.CASCADE, related_name="+", db_index=False)
    thread = AccountForeignKey(Thread, models.CASCADE, related_name="+", db_index=False)
    notes = AccountForeignKey(Thread, models.CASCADE, related_name="+", db_index=False)
    state = models.CharField(max_length=7, choices=State, default=State.OPEN)
    assignee = models.ForeignKey("accounts.Member", models.SET_NULL, null=True, related_name="+", db_index=False)
    team = AccountForeignKey(Team, models.SET_NULL, null=True, related_name="+", db_index=False)
    handed_by = models.ForeignKey("accounts.Member", models.SET_NULL, null=True, related_name="+", db_index=False)
    channel = models.CharField(max_length=20, blank=True)
    last_at = models.DateTimeField(null=True)
    waiting_since = models.DateTimeField(null=True)
    snoozed_until = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    unconfirmed = models.BooleanField(default=False)
    former = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "client"], condition=Q(former=False), name="conversation_of_client"
            ),
            models.UniqueConstraint(fields=["account", "thread"], name="conversation_of_thread"),
            models.UniqueConstraint(fields=["account", "notes"], name="conversation_of_notes"),
        ]
        indexes = [
            models.Index(fields=["account", "last_at", "id"], name="inbox_all"),
            models.Index(fields=["account", "state", "last_at", "id"], name="inbox_by_state"),
            models.Index(fields=["account", "assignee", "state", "last_at", "id"], name="inbox_of_member"),
            models.Index(fields=["account", "team", "state", "last_at", "id"], name="inbox_of_team"),
            models.Index(
                fields=["account", "assignee", "waiting_since"], condition=Q(waiting_since__isnull=False),
                name="inbox_waiting",
            ),
            models.Index(
                fields=["account", "snoozed_until"], condition=Q(snoozed_until__isnull=False), name="inbox_snoozed"
            ),
            models.Index(
                fields=["account", "handed_by"], condition=Q(handed_by__isnull=False), name="inbox_handed"
            ),
            models.Index(fields=["account", "client", "id"], name="conversations_of_client"),
        ]  # fmt: skip


class Envelope(TenantModel):
    """By what way one message came or went: `outgoing` from the business, to or from `address`.

    `dispatch` is its sending; one in the portal has none, since it is there at once. `verified` says that the channel
    vouches for the sender. `arrival` names what came, as the channel keeps it, `quoted` is what its text answers.
    """

    message = AccountForeignKey(Message, models.CASCADE, related_name="+", db_index=False)
    outgoing = models.BooleanField()
    channel = models.CharField(max_length=20)
    address = models.CharField(max_length=254, blank=True)
    contact = AccountForeignKey(Contact, models.SET_NULL, null=True, related_name="+", db_index=False)
    subject = models.CharField(max_length=400, blank=True)
    dispatch = AccountForeignKey(Dispatch, models.SET_NULL, null=True, related_name="+", db_index=False)
    arrival = models.UUIDField(null=True)
    verified = models.BooleanField(default=True)
    automatic = models.BooleanField(default=False)
    quoted = models.TextField(max_length=LONGEST_QUOTE, blank=True, db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "message"], name="envelope_of_message"),
            models.UniqueConstraint(
                fields=["account", "arrival"], condition=Q(arrival__isnull=False), name="envelope_of_arrival"
            ),
        ]
        indexes = [
            models.Index(
                fields=["account", "dispatch"], condition=Q(dispatch__isnull=False), name="envelope_of_dispatch"
            ),
            models.Index(fields=["account", "contact"], condition=Q(contact__isnull=False), name="envelope_of_contact"),
            models.Index(
                fields=["account", "channel", "address", "id"], condition=Q(contact__isnull=True, outgoing=False),
                name="envelope_of_stranger",
            ),
        ]  # fmt: skip


class InboxRule(TenantModel):
    """To whom new work in the inbox goes by itself; without a row, to those who serve the client.

    `away_reply` says when clients get an automatic reply because whoever has their conversation is away.
    """

    class Rule(models.TextChoices):
        SERVING = "serving", _lazy("Whoever serves %(the_client)s")
        TEAM = "team", _lazy("The least busy member of a team")
        NOBODY = "nobody", _lazy("Nobody: colleagues choose")

    class AwayReply(models.TextChoices):
        NEVER = "never", _lazy("Never")
        UNCOVERED = "uncovered", _lazy("When nobody stands in")
        ALWAYS = "always", _lazy("Always")

    rule = models.CharField(max_length=7, choices=Rule, default=Rule.SERVING)
    team = AccountForeignKey(Team, models.SET_NULL, null=True, related_name="+", db_index=False)
    away_reply = models.CharField(max_length=9, choices=AwayReply, default=AwayReply.NEVER)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account"], name="inbox_rule_of_account")]


class Covered(TenantModel):
    """A conversation that `deputy` had while `member` was away; `ended_at` is None as long as that lasts.

    It is `returned` when it went back, since it was still theirs and open. There is one row that lasts, so that a
    conversation is handed over once for each absence.
    """

    member = models.ForeignKey("accounts.Member", models.CASCADE, related_name="+", db_index=False)
    deputy = models.ForeignKey("accounts.Member", models.SET_NULL, null=True, related_name="+", db_index=False)
    conversation = AccountForeignKey(Conversation, models.CASCADE, related_name="+", db_index=False)
    handed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    returned = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "member", "conversation"], condition=Q(ended_at=None), name="covered_once"
            )
        ]
        indexes = [
            models.Index(fields=["account", "member", "id"], name="covered_of_member"),
            models.Index(fields=["account", "deputy"], condition=Q(deputy__isnull=False), name="covered_by_deputy"),
            models.Index(fields=["account", "conversation"], name="covered_conversation"),
        ]
