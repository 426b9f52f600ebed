"""Rooms: where the team talks to each other, and with clients."""

from django.db import models
from django.db.models import Q

from frontdesk.core.tenancy.fields import AccountForeignKey
from frontdesk.core.tenancy.models import TenantModel
from frontdesk.core.text import gettext_lazy as _lazy

from .threads import Thread

LONGEST_NAME = 80
# The kind of a room's thread.
ROOM = "room"


class Room(TenantModel):
    """A thread with people. Who takes part follows from its kind (`access.py`), by rows only where the kind says so.

    `pair` holds the two members of a direct conversation, smaller identifier first, so that there is one of it.
    A `former` room came from a client that was merged into another one; it can be read, not written.
    """

    class Kind(models.TextChoices):
        COMPANY = "company", _lazy("Everyone in the team")
        CLIENT = "client", _lazy("Room of %(a_client)s")
        GROUP = "group", _lazy("Room")
        DIRECT = "direct", _lazy("Direct messages")

    thread = AccountForeignKey(Thread, models.CASCADE, related_name="rooms", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=LONGEST_NAME, blank=True)
    pair = models.CharField(max_length=64, blank=True)
    former = models.BooleanField(default=False)
    created_by = models.ForeignKey("accounts.Member", models.RESTRICT, null=True, related_name="+", db_index=False)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "thread"], name="room_of_thread"),
            models.UniqueConstraint(fields=["account", "pair"], condition=~Q(pair=""), name="direct_room_once"),
            models.UniqueConstraint(fields=["account"], condition=Q(kind="company"), name="company_room_once"),
        ]


class RoomMember(TenantModel):
    """Somebody takes part in a room of kind group or direct."""

    room = AccountForeignKey(Room, models.CASCADE, related_name="members", db_index=False)
    member = models.ForeignKey("accounts.Member", models.CASCADE, related_name="+", db_index=False)
    joined_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "room", "member"], name="room_member_once")]
        indexes = [models.Index(fields=["account", "member", "room"], name="rooms_of_member")]
