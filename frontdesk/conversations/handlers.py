"""The inbox follows who is away, who leaves and who serves whom: handing over and back is queued at once."""

from frontdesk.activity.reactions import Happening, on
from frontdesk.core.jobs import registry
from frontdesk.core.jobs.queue import enqueue

from . import leaving

ABSENCES, AWAY_REPLY, LEFT_BEHIND = "conversations.absences", "conversations.away_reply", "conversations.left_behind"


@on("profile.away", "member.away", "profile.back", "member.back")
def queue_absences(happened: list[Happening]) -> None:
    """Queue that conversations go to the deputy, or back."""
    enqueue(registry.named(ABSENCES))


@on("member.deactivated", "member.left", "member.role", "member.options", "client.unassigned")
def queue_left_behind(happened: list[Happening]) -> None:
    """Queue that what somebody cannot have any more goes to others."""
    members = sorted({one.data["member"] for one in happened})
    enqueue(registry.named(LEFT_BEHIND), members=members)


@on("account.team_options")
def queue_left_by_anybody(happened: list[Happening]) -> None:
    """Queue the same of whoever has a conversation: the account chose anew what its team sees."""
    enqueue(registry.named(LEFT_BEHIND), members=sorted(str(pk) for pk in leaving.holders()))
