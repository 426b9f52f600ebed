"""Guests of a client: people who take part without being the client, each for exactly one client."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from frontdesk.accounts import actions as accounts
from frontdesk.accounts.models import Member, Role, clean_login
from frontdesk.core.errors import Conflict, Invalid
from frontdesk.core.text import gettext as _

from .. import access
from ..models import Assignment, Client, ClientAccess, Status
from .portal import grant, withdraw

MOST_GUESTS = 50
METHODS = ("mail", "link", "password")


@dataclass(frozen=True)
class GuestInput:
    """What is typed about a guest: invited by `mail` or `link` to an address, or let in by a username (`password`)."""

    name: str
    method: str = "mail"
    email: str = ""
    username: str = ""


def why_no_guests(client: Client) -> str:
    """Why nobody can be made a guest now, as a sentence; empty when they can."""
    if client.status == Status.INACTIVE:
        return _("Nobody takes part with an inactive %(client)s. Make it active first.")
    if not Assignment.objects.filter(client_id=client.pk).exists():
        return _("Guests can be invited as soon as %(a_coworker)s is assigned.")
    if ClientAccess.objects.filter(client_id=client.pk, member__role=Role.GUEST).count() >= MOST_GUESTS:
        return _("At most %(most)s are allowed.", most=MOST_GUESTS)
    return ""


def _check(typed: GuestInput) -> None:
    if typed.method not in METHODS:
        raise Invalid({"method": [_("Choose one from the list.")]})
    if typed.method != "password" and not typed.email.strip():
        raise Invalid({"email": [_("This field is required.")]})
    if typed.method == "password" and not typed.username.strip():
        raise Invalid({"username": [_("This field is required.")]})


def _person(actor, client: Client, typed: GuestInput) -> Member:
    """The guest with that address, new or known; of whom else an address is, only the office is told."""
    try:
        member = accounts.portal_member(actor, email=typed.email, name=typed.name, role=Role.GUEST)
    except Invalid as refused:
        if actor.is_office or set(refused.errors) != {"email"} or not typed.email:
            raise
        raise Invalid({"email": [_("This address cannot be invited. Please ask the office.")]}) from refused
    if ClientAccess.objects.filter(member_id=member.pk).exclude(client_id=client.pk).exists():
        told = _("%(name)s is a guest of somebody else; a guest serves one only.", name=member.name)
        neutral = _("This address cannot be invited. Please ask the office.")
        raise Invalid({"email": [told if actor.is_office else neutral]})
    return member


def add_guest(actor, client: Client, typed: GuestInput) -> tuple[Member, dict[str, str]]:
    """Invite a guest, or let one sign in at once.

    What is shown only once (`link`, or `password` and `login`) is beside. Raises Invalid, Conflict with the reason
    (nobody is assigned yet, among others), Forbidden.
    """
    access.require(actor, access.guests_right(actor), client)
    _check(typed)
    once: dict[str, str] = {}
    with transaction.atomic():
        reason = why_no_guests(client)
        if reason:
            raise Conflict(reason)
        member = _person(actor, client, typed)
        grant(actor, client, member)
        if typed.method == "password":
            made = accounts.give_sign_in(actor, member, username=typed.username)
            once = {"password": made or "", "login": clean_login(typed.username) or ""}
        elif member.user_id is None:
            accounts.send_invitation(actor, member, mail=typed.method == "mail")
            once = {"link": accounts.issue_link(actor, member)} if typed.method == "link" else {}
    return member, once


def _member(actor, client: Client, member_id: UUID) -> Member:
    access.require(actor, access.guests_right(actor), client)
    return access.get_guest(actor, client, member_id).member


def invite_guest_again(actor, client: Client, member_id: UUID) -> Member:
    """Send a guest who has not registered a new invitation; raises Missing, Conflict, Forbidden."""
    member = _member(actor, client, member_id)
    accounts.send_invitation(actor, member)
    return member


def guest_link(actor, client: Client, member_id: UUID) -> str:
    """A new registration link for a guest, shown once; raises Missing, Conflict, Forbidden."""
    return accounts.issue_link(actor, _member(actor, client, member_id))


def switch_guest_off(actor, client: Client, member_id: UUID) -> Member:
    """End a guest's access at once, so that it can be given back; raises Missing, Forbidden."""
    return accounts.deactivate(actor, _member(actor, client, member_id))


def switch_guest_on(actor, client: Client, member_id: UUID) -> Member:
    """Give a guest who was switched off their access back; raises Missing, Conflict, Forbidden."""
    if client.status == Status.INACTIVE:
        raise Conflict(why_no_guests(client))
    return accounts.activate(actor, _member(actor, client, member_id))


def remove_guest(actor, client: Client, member_id: UUID) -> None:
    """End that a person takes part, and their sign-in or invitation with it; raises Missing, Forbidden."""
    access.require(actor, access.guests_right(actor), client)
    with transaction.atomic():
        withdraw(actor, client, access.get_guest(actor, client, member_id))
