"""A thread and what is said in it; who may see it is decided by whatever has the thread (`kinds.py`)."""

from django.db import models
from django.db.models import Q, Value

from frontdesk.clients.models import Client
from frontdesk.core.tenancy.fields import AccountForeignKey
from frontdesk.core.tenancy.models import TenantModel

LONGEST_BODY = 20_000
LONGEST_EMOJI = 32


class Thread(TenantModel):
    """Messages in order. `kind` names what has the thread; `client` is the client it is about, if any.

    `last_number` is the number of its newest message, 0 when there is none: numbers are given out under the lock of
    this row, so within a thread they are in the order of commits and have no gaps. `last_at` is that message's time,
    before there is one the time since when the thread exists; `last_message_id` is a plain identifier.
    """

    kind = models.CharField(max_length=20)
    client = AccountForeignKey(Client, models.CASCADE, null=True, related_name="+", db_index=False)
    last_number = models.PositiveBigIntegerField(default=0)
    last_at = models.DateTimeField()
    last_message_id = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["account", "kind", "last_at", "id"], name="thread_by_news"),
            models.Index(fields=["account", "client"], name="thread_of_client"),
        ]


class Message(TenantModel):
    """One message. `body` is what was written, `html` how it reads; both are "" once it is deleted for good.

    Without an `author` it is `signed` with the name of whoever wrote it, who is no member, or it is the system's.
    `folded` is the text as search compares it, `document` a number ordered by time for SQLite's text index.
    `key` is the sender's own identifier of the message, so that what is sent twice is posted once. `turned` is what was
    made of it (`turning.py`): ids and states, never text.
    """

    thread = AccountForeignKey(Thread, models.CASCADE, related_name="messages", db_index=False)
    number = models.PositiveBigIntegerField()
    author = models.ForeignKey("accounts.Member", models.RESTRICT, null=True, related_name="+", db_index=False)
    signed = models.CharField(max_length=160, blank=True, db_default="")
    body = models.TextField(max_length=LONGEST_BODY)
    html = models.TextField()
    folded = models.TextField()
    document = models.BigIntegerField()
    reply_to = AccountForeignKey("self", models.SET_NULL, null=True, related_name="+", db_index=False)
    key = models.UUIDField(null=True)
    turned = models.JSONField(default=list, db_default=Value([], models.JSONField()))
    posted_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    deleted_by = models.ForeignKey("accounts.Member", models.RESTRICT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "thread", "number"], name="message_number"),
            models.UniqueConstraint(fields=["account", "document"], name="message_document"),
            models.UniqueConstraint(
                fields=["account", "thread", "key"], condition=Q(key__isnull=False), name="message_key"
            ),
        ]
        indexes = [
            models.Index(fields=["account", "reply_to"], condition=Q(reply_to__isnull=False), name="message_replies"),
            models.Index(fields=["account", "deleted_at"], condition=Q(deleted_at__isnull=False), name="message_gone"),
        ]

    @property
    def writer(self) -> str:
        """The name of whoever wrote it, "" for the system."""
        return self.author.name if self.author else self.signed


class Edition(TenantModel):
    """What a message said before it was edited."""

    message = AccountForeignKey(Message, models.CASCADE, related_name="editions", db_index=False)
    html = models.TextField()
    written_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["account", "message", "id"], name="edition_of_message")]


class Mention(TenantModel):
    """A message names somebody who takes part in its thread."""

    message = AccountForeignKey(Message, models.CASCADE, related_name="mentions", db_index=False)
    member = models.ForeignKey("accounts.Member", models.CASCADE, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "message", "member"], name="mention_once")]
        indexes = [models.Index(fields=["account", "member", "message"], name="mentions_of_member")]


class Reaction(TenantModel):
    """Somebody answers a message with one sign."""

    message = AccountForeignKey(Message, models.CASCADE, related_name="reactions", db_index=False)
    member = models.ForeignKey("accounts.Member", models.CASCADE, related_name="+", db_index=False)
    emoji = models.CharField(max_length=LONGEST_EMOJI)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "message", "member", "emoji"], name="reaction_once")]


class ReadMark(TenantModel):
    """How far somebody has read a thread: up to the message `number`."""

    thread = AccountForeignKey(Thread, models.CASCADE, related_name="marks", db_index=False)
    member = models.ForeignKey("accounts.Member", models.CASCADE, related_name="+", db_index=False)
    number = models.PositiveBigIntegerField(default=0)
    read_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "thread", "member"], name="read_mark")]
        indexes = [models.Index(fields=["account", "member", "thread", "number"], name="read_marks_of_member")]


class Draft(TenantModel):
    """What somebody has begun to write in a thread, or, with `send_at`, has written to be posted then.

    `details` are what the form of the thread's kind adds. `refused` says that a scheduled one could not be posted; it
    then waits for its author.
    """

    thread = AccountForeignKey(Thread, models.CASCADE, related_name="+", db_index=False)
    author = models.ForeignKey("accounts.Member", models.CASCADE, related_name="+", db_index=False)
    body = models.TextField(max_length=LONGEST_BODY, blank=True)
    reply_to = AccountForeignKey(Message, models.SET_NULL, null=True, related_name="+", db_index=False)
    details = models.JSONField(default=dict, db_default=Value({}, models.JSONField()))
    send_at = models.DateTimeField(null=True)
    refused = models.BooleanField(default=False)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "thread", "author"], condition=Q(send_at__isnull=True), name="draft_once"
            )
        ]
        indexes = [
            models.Index(fields=["account", "author", "send_at", "id"], name="scheduled_of_author"),
            # For the job that looks every few seconds for what is due in all accounts.
            models.Index(fields=["send_at", "id"], condition=Q(send_at__isnull=False), name="scheduled_due"),
        ]
