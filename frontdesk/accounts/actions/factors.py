"""Second factors: one's own, those that the account asks for, and those that someone lost."""

from django.db import transaction

from frontdesk.activity.spine import record
from frontdesk.core.checks import Errors
from frontdesk.core.errors import Conflict, Invalid, Missing
from frontdesk.core.jobs.queue import enqueue
from frontdesk.core.text import gettext as _

from .. import access, permissions
from ..jobs import send_factor_mail
from ..models import Account, Member, Session, User
from ..signin import factors
from ..signin.factors import Factor
from .members import fresh
from .profile import own_user
from .signin import require_own_user

LONGEST_NAME = 60


def _added(actor, user: User, kind: str) -> list[str]:
    """Note a factor that was kept; recovery codes, where these are the first."""
    codes = [] if factors.has_codes(user) else factors.new_codes(user)
    factors.settle(user)
    record(actor, "profile.factor_added", subject_id=actor.id, data={"kind": kind})
    enqueue(send_factor_mail, user_id=str(user.pk), change="added")
    return codes


def _hold(user: User) -> None:
    """Let changes of a person's factors wait for each other until the transaction ends."""
    User.objects.select_for_update().get(pk=user.pk)


def add_app(actor, *, secret: str, code: str) -> list[str]:
    """Ask from now on for the codes of an app that has the secret; new recovery codes where there were none.

    Raises Invalid unless the app shows this code now.
    """
    user = own_user(actor)
    if not factors.is_code_of(secret, code):
        raise Invalid({"code": [_("This is not the code that the app shows now. Type the newest one.")]})
    with transaction.atomic():
        _hold(user)
        factors.keep_app(user, secret)
        return _added(actor, user, factors.APP)


def add_passkey(actor, *, name: str, credential: dict) -> list[str]:
    """Keep a passkey that `factors.read_new` has checked; new recovery codes where there were none. Raises Invalid."""
    user = own_user(actor)
    errors = Errors()
    name = errors.line("name", name, LONGEST_NAME) or _("Passkey")
    errors.raise_any()
    with transaction.atomic():
        _hold(user)
        if factors.rows_of(user).filter(type=factors.PASSKEY).count() >= factors.MOST_PASSKEYS:
            raise Invalid(_("At most %(most)s are allowed.", most=factors.MOST_PASSKEYS))
        factors.keep_passkey(user, name, credential)
        return _added(actor, user, factors.PASSKEY)


def new_codes(actor) -> list[str]:
    """Other recovery codes; the former ones no longer work. Raises Conflict without a second factor."""
    user = own_user(actor)
    with transaction.atomic():
        _hold(user)
        if not user.has_second_factor:
            raise Conflict(_("Recovery codes come with a second factor. Set one up first."))
        codes = factors.new_codes(user)
        record(actor, "profile.codes_renewed", subject_id=actor.id)
        enqueue(send_factor_mail, user_id=str(user.pk), change="codes")
    return codes


def needs_factor(actor) -> bool:
    """Whether this member's account asks them for a second factor."""
    return actor.is_office and actor.account.require_second_factor


def _required_somewhere(user: User) -> bool:
    members = Member.objects.filter(user=user, status="active", account__require_second_factor=True)
    return any(needs_factor(member) for member in members.select_related("account"))


def remove_factor(actor, factor: Factor) -> None:
    """Remove one's own app or passkey; raises Conflict for the last one while an account asks for it."""
    user = own_user(actor)
    with transaction.atomic():
        _hold(user)
        removed, _kinds = factors.rows_of(user).filter(pk=factor.id.int).exclude(type=factors.CODES).delete()
        if not removed:
            raise Missing("factor")
        if not factors.settle(user) and _required_somewhere(user):
            raise Conflict(_("Your account asks for a second factor. Add another one before you remove this."))
        record(actor, "profile.factor_removed", subject_id=actor.id, data={"kind": factor.kind})
        enqueue(send_factor_mail, user_id=str(user.pk), change="removed")


def take_factors(actor, member: Member) -> None:
    """Take away the second factors that a member lost; their sessions end, their password stays.

    Raises Conflict for oneself, without any, or for someone who also belongs to another account; Forbidden.
    """
    access.require_manage(actor, member)
    if member.pk == actor.id:
        raise Conflict(_("Change your own second factor on your profile."))
    with transaction.atomic():
        user = fresh(member).user
        if user is None or not user.has_second_factor:
            raise Conflict(_("This person has no second factor."))
        require_own_user(member)
        factors.rows_of(user).delete()
        factors.settle(user)
        Session.objects.filter(user=user).delete()
        record(actor, "member.factor_taken", subject_id=member.pk, data={"member": str(member.pk)})
        enqueue(send_factor_mail, user_id=str(user.pk), change="taken")


def require_second_factor(actor, required: bool) -> Account:
    """Ask admins and staff for a second factor, or no longer; raises Conflict for an admin who has none, Forbidden."""
    access.require(actor, permissions.ACCOUNT_EDIT)
    if required and actor.user and not actor.user.has_second_factor:
        raise Conflict({"require_second_factor": [_("Set up your own second factor first, or you lock yourself out.")]})
    with transaction.atomic():
        account = Account.objects.select_for_update().get(pk=actor.account_id)
        if account.require_second_factor != required:
            account.require_second_factor = required
            account.save(update_fields=["require_second_factor"])
            record(actor, "account.factor_required" if required else "account.factor_optional", subject_id=account.pk)
    return account
