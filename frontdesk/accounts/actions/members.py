"""Who belongs to the account, in which role, and whether they may sign in."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models.functions import Lower
from django.utils import timezone

from frontdesk.activity.spine import record
from frontdesk.core.checks import Errors
from frontdesk.core.errors import Conflict, Invalid
from frontdesk.core.fold import fold
from frontdesk.core.jobs.queue import enqueue
from frontdesk.core.permissions import PORTAL, TEAM
from frontdesk.core.text import gettext as _

from .. import access, checks, permissions
from ..jobs import send_welcome_mail
from ..models import Account, Invitation, Member, MemberStatus, Role, User
from ..signin import passwords
from .users import save_user


@dataclass(frozen=True)
class PersonInput:
    """What is typed about a colleague."""

    name: str
    role: str
    email: str = ""
    username: str = ""
    phone: str = ""


def hold_people(account_id) -> None:
    """Let changes of an account's people wait for each other until the transaction ends."""
    Account.objects.select_for_update().get(pk=account_id)


def with_email(account_id, email: str):
    """The account's members with that address."""
    found = Member.objects.filter(account_id=account_id).alias(lowered=Lower("email"))
    return found.filter(lowered=email) if email else found.none()


def check_team_role(errors: Errors, role: str) -> str:
    """A role of the team; portal people come with the client whom they belong to."""
    if role in PORTAL:
        errors.add("role", _("Give portal access on the page of %(the_client)s."))
    elif role not in TEAM:
        errors.add("role", _("Choose one from the list."))
    return role


def check_person(actor, errors: Errors, typed: PersonInput, *, email_required: bool = False) -> PersonInput:
    """The cleaned values; reasons go to `errors`."""
    return PersonInput(
        name=errors.line("name", typed.name, checks.LONGEST_NAME, required=True),
        role=check_team_role(errors, typed.role),
        email=checks.email(errors, "email", typed.email, required=email_required),
        username=checks.username(errors, "username", typed.username),
        phone=checks.phone(errors, "phone", typed.phone, actor.account.country),
    )


def refuse_known(account_id, email: str) -> None:
    """Raise Invalid when the address already belongs to someone of the account."""
    known = with_email(account_id, email).first()
    if known is None:
        return
    if known.is_team:
        raise Invalid({"email": [_("%(name)s of the team has this address already.", name=known.name)]})
    raise Invalid({"email": [_("This address belongs to someone who signs in for %(a_client)s.")]})


def new_member(account_id, person: PersonInput, status: str, user: User | None = None) -> Member:
    """Save a member; checks nothing."""
    return Member.objects.create(
        account_id=account_id, user=user, role=person.role, status=status, name=person.name,
        sort_name=fold(person.name)[:120], email=person.email, phone=person.phone,
    )  # fmt: skip


def create_member(actor, typed: PersonInput, password: str = "", *, welcome: bool = False) -> tuple[Member, str]:
    """Add a colleague who signs in at once with a temporary password, which is returned when it was generated.

    With `welcome` it goes to them by mail instead, made when the mail leaves, so none is returned.

    Raises Invalid (a taken address or username among others), Forbidden.
    """
    access.require(actor, permissions.MANAGE)
    errors = Errors()
    person = check_person(actor, errors, typed)
    checks.free_email(errors, "email", person.email)
    if not errors.found and not (person.email or person.username):
        errors.add("username", _("Give an e-mail address or a username to sign in with."))
    if welcome and not person.email and "email" not in errors.found:
        errors.add("email", _("The welcome needs an e-mail address to go to."))
    user = User(email=person.email or None, username=person.username or None, name=person.name)
    if password:
        checks.password(errors, "password", password, user)
    errors.raise_any()
    chosen = password or passwords.readable_password()
    with transaction.atomic():
        hold_people(actor.account_id)
        refuse_known(actor.account_id, person.email)
        passwords.set_temporary(user, chosen)
        save_user(user)
        member = new_member(actor.account_id, person, MemberStatus.ACTIVE, user)
        record(actor, "member.created", subject_id=member.pk, data={"member": str(member.pk), "role": member.role})
        if welcome:
            enqueue(send_welcome_mail, member_id=str(member.pk))
    return member, "" if password or welcome else chosen


def portal_member(actor, *, email: str, name: str, role: str) -> Member:
    """The account's portal member with that address, or a new one who is not invited yet.

    The caller ties them to a client. Raises Invalid when the address is the team's or somebody's of another role,
    Forbidden.
    """
    errors = Errors()
    person = PersonInput(
        name=errors.line("name", name, checks.LONGEST_NAME, required=True), role=role,
        email=checks.email(errors, "email", email),
    )  # fmt: skip
    if role not in PORTAL:
        errors.add("role", _("Choose one from the list."))
    errors.raise_any()
    access.require_invite(actor, Member(account_id=actor.account_id, role=role))
    with transaction.atomic():
        hold_people(actor.account_id)
        known = with_email(actor.account_id, person.email).select_related("user", "account").first()
        if known is not None and known.is_team:
            raise Invalid({"email": [_("%(name)s of the team has this address already.", name=known.name)]})
        if known is not None and known.role != role:
            raise Invalid({"email": [_other_role(known)]})
        return known or new_member(actor.account_id, person, MemberStatus.INVITED)


def _other_role(known: Member) -> str:
    if known.role == Role.GUEST:
        return _("This address belongs to %(name)s, who is a guest.", name=known.name)
    return _("This address belongs to someone who signs in for %(a_client)s.")


def change_member(actor, member: Member, *, name: str, phone: str, email: str | None = None) -> Member:
    """Change how the office sees a member; raises Invalid, Forbidden.

    The address of someone who has registered is their own to change; a new one for someone who has not ends
    the invitation that went to the old one.
    """
    access.require_manage(actor, member)
    errors = Errors()
    name = errors.line("name", name, checks.LONGEST_NAME, required=True)
    phone = checks.phone(errors, "phone", phone, actor.account.country)
    email = member.email if email is None else checks.email(errors, "email", email)
    errors.raise_any()
    with transaction.atomic():
        if email != member.email:
            _change_address(fresh(member), email)
        member.name, member.sort_name, member.phone = name, fold(name)[:120], phone
        member.save(update_fields=["name", "sort_name", "phone", "email"])
        record(actor, "member.changed", subject_id=member.pk, data={"member": str(member.pk)})
    return member


def _change_address(member: Member, email: str) -> None:
    if member.user_id:
        raise Invalid({"email": [_("Only %(name)s can change the address to sign in with.", name=member.name)]})
    refuse_known(member.account_id, email)
    withdraw_pending(member)
    member.email = email


def guard_last_admin(member: Member) -> None:
    """Raise Conflict when nobody else could run the account; to be called while people are held."""
    if member.role != Role.ADMIN or member.status != MemberStatus.ACTIVE:
        return
    admins = Member.objects.filter(account_id=member.account_id, role=Role.ADMIN, status=MemberStatus.ACTIVE)
    if not admins.filter(user__is_active=True).exclude(pk=member.pk).exists():
        raise Conflict(_("This is the only active admin. Make someone else an admin first."))


def fresh(member: Member) -> Member:
    """The member as it stands now, while people are held."""
    hold_people(member.account_id)
    member.refresh_from_db(fields=["role", "status", "user"])
    return member


def change_role(actor, member: Member, role: str) -> Member:
    """Give a colleague another role of the team; raises Invalid, Conflict for the last admin, Forbidden."""
    access.require_manage(actor, member)
    access.require(actor, permissions.MANAGE)
    errors = Errors()
    check_team_role(errors, role)
    if not member.is_team:
        errors.add("role", _("Portal people keep their role."))
    errors.raise_any()
    with transaction.atomic():
        before = fresh(member).role
        if before == role:
            return member
        guard_last_admin(member)
        member.role = role
        member.save(update_fields=["role"])
        data = {"member": str(member.pk), "from": before, "to": role}
        record(actor, "member.role", subject_id=member.pk, data=data)
    return member


def withdraw_pending(member: Member, now: datetime | None = None) -> int:
    """End every open invitation of a member; the number of them."""
    pending = Invitation.objects.filter(member_id=member.pk, accepted_at=None, withdrawn_at=None)
    return pending.update(withdrawn_at=now or timezone.now())


def _switch_off(actor, member: Member, verb: str) -> Member:
    with transaction.atomic():
        before = fresh(member).status
        if before == MemberStatus.INACTIVE:
            return member
        guard_last_admin(member)
        member.status = MemberStatus.INACTIVE
        member.save(update_fields=["status"])
        withdraw_pending(member)
        record(actor, verb, subject_id=member.pk, data={"member": str(member.pk), "was": before})
    return member


def deactivate(actor, member: Member) -> Member:
    """End a member's access: open sessions, tokens and invitations included; raises Conflict, Forbidden."""
    access.require_manage(actor, member)
    if member.pk == actor.id:
        raise Conflict(_("You cannot switch off your own access. Leave the account from your profile."))
    return _switch_off(actor, member, "member.deactivated")


def leave(actor) -> Member:
    """Give up one's own membership; raises Conflict for the last admin."""
    access.require(actor, permissions.PROFILE_EDIT)
    return _switch_off(actor, actor, "member.left")


def activate(actor, member: Member) -> Member:
    """Give a deactivated member their access back; without sign-in data they still need an invitation."""
    access.require_manage(actor, member)
    with transaction.atomic():
        if fresh(member).status != MemberStatus.INACTIVE:
            return member
        member.status = MemberStatus.ACTIVE if member.user_id else MemberStatus.INVITED
        member.save(update_fields=["status"])
        data = {"member": str(member.pk), "was": MemberStatus.INACTIVE.value}
        record(actor, "member.activated", subject_id=member.pk, data=data)
    return member
