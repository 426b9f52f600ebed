"""The browsers in which one is signed in."""

from uuid import UUID

from django.db import transaction

from frontdesk.activity.spine import record
from frontdesk.core.errors import Missing

from .. import access, permissions


def end_session(actor, session_id: UUID) -> None:
    """Sign one's own browser out, at once; raises Missing for one that is not open or not one's own."""
    access.require(actor, permissions.PROFILE_EDIT)
    with transaction.atomic():
        ended, _kinds = access.sessions_for(actor).filter(public_id=session_id).delete()
        if not ended:
            raise Missing("session")
        record(actor, "profile.session_ended", subject_id=actor.id)


def end_other_sessions(actor, keep: str = "") -> int:
    """Sign out everywhere but in the browser whose session has the key `keep`; how many ended."""
    access.require(actor, permissions.PROFILE_EDIT)
    with transaction.atomic():
        ended, _kinds = access.sessions_for(actor).exclude(session_key=keep).delete()
        if ended:
            record(actor, "profile.sessions_ended", subject_id=actor.id, data={"count": ended})
    return ended
