"""Beginning to see as somebody else."""

from django.db import transaction

from frontdesk.activity.spine import record
from frontdesk.core.errors import Conflict, Forbidden, Missing
from frontdesk.core.text import gettext as _

from .. import access, permissions, preview
from ..models import Member, MemberStatus


def see_as(actor, member: Member, session) -> Member:
    """Show a member's pages in the actor's session; raises Missing, Conflict for one who is switched off, Forbidden.

    Nobody sees as somebody of an equal or higher role.
    """
    if member.account_id != actor.account_id:
        raise Missing("member")
    access.require(actor, permissions.SEE_AS)
    if member.status == MemberStatus.INACTIVE:
        raise Conflict(_("This person is switched off and sees nothing."))
    if not preview.may_see_as(actor, member):
        raise Forbidden(permissions.SEE_AS)
    with transaction.atomic():
        record(actor, "member.seen_as", subject_id=member.pk, data={"member": str(member.pk)})
    preview.begin(session, member)
    return member
