"""Forgetting a person who has left no reason to be known."""

from django.db import transaction

from frontdesk.activity.spine import record
from frontdesk.core.text import gettext as _

from ..away import ended
from ..models import Invitation, Member, MemberStatus
from .signin import take_sign_in


def forget(actor, member: Member) -> None:
    """Take a member's sign-in away and remove what says who they are; what they did stays, without their name.

    A user who belongs to other accounts stays there. Raises Conflict, Forbidden.
    """
    with transaction.atomic():
        take_sign_in(actor, member)
        Invitation.objects.filter(member_id=member.pk).delete()
        member.name, member.sort_name, member.email, member.phone = _("Erased person"), "", "", ""
        member.status = MemberStatus.INACTIVE
        for field, value in ended().items():
            setattr(member, field, value)
        member.save(update_fields=["name", "sort_name", "email", "phone", "status", *ended()])
        record(actor, "member.forgotten", subject_id=member.pk, data={"member": str(member.pk)})
