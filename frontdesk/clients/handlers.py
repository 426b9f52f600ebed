"""What happens around clients and concerns open pages."""

from frontdesk.activity.reactions import Happening, on
from frontdesk.live.publishing import rights_changed


@on(
    "client.assigned", "client.unassigned", "access.granted", "access.revoked", "guest.granted", "guest.revoked",
)  # fmt: skip
def member_sees_other_clients(happened: list[Happening]) -> None:
    """Their open pages follow what they may see now."""
    members = {one.data["member"] for one in happened if one.data.get("member")}
    rights_changed(happened[0].actor.account_id, sorted(members))


@on(
    "client.status", "client.portal_options", "account.portal_options", "client.merged", "client.deleted",
    "client.erased", "client.undone", "undo.undone",
)  # fmt: skip
def sight_changed(happened: list[Happening]) -> None:
    """Whoever has a page open follows what they may see now."""
    rights_changed(happened[0].actor.account_id)
