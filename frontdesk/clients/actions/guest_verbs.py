"""What the buttons beside a guest do, by the name that they send."""

from uuid import UUID

from frontdesk.accounts.models import Member
from frontdesk.core.errors import Invalid
from frontdesk.core.text import gettext as _

from ..models import Client
from .guests import guest_link, invite_guest_again, remove_guest, switch_guest_off, switch_guest_on


def guest_added(member: Member) -> str:
    """What is said when somebody was invited."""
    if member.user_id:
        return _("%(name)s signs in already and takes part now.", name=member.name)
    return _("An invitation is on its way to %(email)s.", email=member.email)


def _invite(actor, client: Client, member_id: UUID) -> dict:
    member = invite_guest_again(actor, client, member_id)
    return {"said": _("An invitation is on its way to %(email)s.", email=member.email)}


def _link(actor, client: Client, member_id: UUID) -> dict:
    return {"link": guest_link(actor, client, member_id)}


def _off(actor, client: Client, member_id: UUID) -> dict:
    switch_guest_off(actor, client, member_id)
    return {"said": _("Access is switched off; open sessions have ended.")}


def _on(actor, client: Client, member_id: UUID) -> dict:
    switch_guest_on(actor, client, member_id)
    return {"said": _("Access is switched on.")}


def _remove(actor, client: Client, member_id: UUID) -> dict:
    remove_guest(actor, client, member_id)
    return {"said": _("They no longer take part.")}


VERBS = {"invite": _invite, "link": _link, "off": _off, "on": _on, "remove": _remove}


def do_with_guest(actor, client: Client, member_id: UUID, verb: str) -> dict[str, str]:
    """Do what a button names: `said` is a sentence about it, `link` is shown once; raises as the verbs do."""
    if verb not in VERBS:
        raise Invalid({"do": [_("Choose one from the list.")]})
    return VERBS[verb](actor, client, member_id)
