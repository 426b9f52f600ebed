"""Portal access of a client's people."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from frontdesk.accounts import actions as accounts
from frontdesk.accounts.models import Member, MemberStatus, Role, clean_login
from frontdesk.activity.spine import record
from frontdesk.core.errors import Conflict, Invalid, Missing
from frontdesk.core.fold import clean
from frontdesk.core.text import gettext as _

from .. import access, permissions
from ..models import Client, ClientAccess, Contact, ContactPoint, Status
from .ending import end_grants


def primary_email(client: Client) -> str:
    """The first e-mail address of the primary contact, to which an invitation goes; empty when there is none."""
    points = ContactPoint.objects.filter(contact__client_id=client.pk, contact__is_primary=True, kind="email")
    return points.order_by("id").values_list("value", flat=True).first() or ""


def why_not_invited(client: Client) -> str:
    """Why Invite is not offered, as a sentence; empty when it is."""
    if client.status == Status.INACTIVE:
        return _("An inactive %(client)s cannot sign in. Make it active first.")
    if not client.email:
        return _("The primary contact has no e-mail address. Add one to invite them.")
    return ""


def note_portal(client: Client) -> None:
    """Bring `has_portal` up to date: whether anybody but guests may sign in for the client."""
    own = ClientAccess.objects.filter(client_id=client.pk, member__role=Role.CLIENT)
    client.has_portal = own.exists()
    Client.objects.filter(pk=client.pk).update(has_portal=client.has_portal, updated_at=timezone.now())


def grant(actor, client: Client, member: Member, contact: Contact | None = None) -> None:
    """Let a portal member see a client, in the caller's transaction; checks nothing."""
    _row, made = ClientAccess.objects.get_or_create(
        account_id=client.account_id,
        client=client,
        member=member,
        defaults={"contact": contact, "granted_by_id": actor.id},
    )
    note_portal(client)
    if made:
        data = {"member": str(member.pk)}
        verb = "guest.granted" if member.role == Role.GUEST else "access.granted"
        record(actor, verb, subject_id=client.pk, client_id=client.pk, data=data)


def _primary(client: Client) -> Contact:
    return Contact.objects.get(client_id=client.pk, is_primary=True)


def invite_client(actor, client: Client) -> Member:
    """Invite the primary contact to the portal by e-mail; raises Conflict with the reason, Invalid, Forbidden.

    A person who already signs in for another client of the account gets this one as well.
    """
    access.require(actor, permissions.INVITE)
    reason = why_not_invited(client)
    if reason:
        raise Conflict(reason)
    contact = _primary(client)
    with transaction.atomic():
        member = accounts.portal_member(actor, email=primary_email(client), name=contact.name, role=Role.CLIENT)
        grant(actor, client, member, contact)
        if member.user_id is None:
            accounts.send_invitation(actor, member)
    return member


def open_sign_in(actor, client: Client, username: str, password: str | None = None) -> str | None:
    """Let the primary contact sign in with a username and a temporary password, returned once when generated.

    Raises Invalid for a username that is taken, Conflict while the client is inactive, Forbidden.
    """
    access.require(actor, permissions.INVITE)
    if client.status == Status.INACTIVE:
        raise Conflict(why_not_invited(client))
    contact = _primary(client)
    with transaction.atomic():
        present = ClientAccess.objects.filter(client_id=client.pk, contact=contact).select_related("member").first()
        email = primary_email(client)
        member = (
            present.member
            if present
            else accounts.portal_member(actor, email=email, name=contact.name, role=Role.CLIENT)
        )
        temporary = accounts.give_sign_in(actor, member, username=username, password=password)
        grant(actor, client, member, contact)
    return temporary


def _access_row(client: Client, member_id) -> ClientAccess:
    row = ClientAccess.objects.filter(client_id=client.pk, member_id=member_id).select_related("member").first()
    if row is None:
        raise Missing("access")
    return row


def _not_registered(client: Client, member_id) -> Member:
    member = _access_row(client, member_id).member
    if member.user_id:
        raise Conflict(_("%(name)s has registered already.", name=member.name))
    return member


def invite_again(actor, client: Client, member_id) -> Member:
    """Send a person who has not registered a new invitation; raises Missing, Conflict, Forbidden."""
    access.require(actor, permissions.INVITE)
    with transaction.atomic():
        member = _not_registered(client, member_id)
        accounts.send_invitation(actor, member)
    return member


def invitation_link(actor, client: Client, member_id) -> str:
    """A new registration link, shown once; earlier ones end. Raises Missing, Conflict, Forbidden."""
    access.require(actor, permissions.INVITE)
    with transaction.atomic():
        return accounts.issue_link(actor, _not_registered(client, member_id))


def share_access(actor, client: Client, login: str) -> Member:
    """Let a person who signs in for another client sign in for this one too, as a parent of several children does.

    `login` is their e-mail address or username. Raises Invalid, Conflict while the client is inactive, Forbidden.
    """
    access.require(actor, permissions.INVITE)
    if client.status == Status.INACTIVE:
        raise Conflict(why_not_invited(client))
    wanted = clean_login(clean(login))
    people = Member.objects.filter(account_id=actor.account_id, role=Role.CLIENT).exclude(status=MemberStatus.INACTIVE)
    named = Q(email=wanted) | Q(user__email=wanted) | Q(user__username=wanted)
    member = people.filter(named).order_by("id").first() if wanted else None
    if member is None:
        raise Invalid({"login": [_("Nobody who signs in for %(a_client)s has this e-mail address or username.")]})
    with transaction.atomic():
        grant(actor, client, member, _primary(client))
    return member


def withdraw(actor, client: Client, row: ClientAccess) -> None:
    """End a portal access, in the caller's transaction; checks nothing.

    Who has no other client in the account loses sign-in to it.
    """
    member = row.member
    end_grants(actor, [row])
    note_portal(client)
    verb = "guest.revoked" if member.role == Role.GUEST else "access.revoked"
    record(actor, verb, subject_id=client.pk, client_id=client.pk, data={"member": str(member.pk)})
    if not ClientAccess.objects.filter(member_id=member.pk).exists():
        accounts.take_sign_in(actor, member)


def close_access(actor, client: Client, member_id) -> None:
    """Take a person's portal access to this client away, at once; raises Missing, Forbidden."""
    access.require(actor, permissions.INVITE)
    with transaction.atomic():
        withdraw(actor, client, _access_row(client, member_id))
