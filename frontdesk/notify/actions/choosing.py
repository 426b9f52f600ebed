"""Choosing what one is told, how and when: for oneself, for others, and for everybody who chose nothing."""

from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction

from frontdesk.accounts.models import Account, Member, System
from frontdesk.activity.spine import record
from frontdesk.core.checks import Errors
from frontdesk.core.errors import Missing
from frontdesk.core.text import gettext as _

from .. import access, kinds, permissions
from ..models import Channel, Preference, Rhythm
from ..timing import DAY, EVERY_DAY

TIMES = ("rhythm", "digest_at", "quiet_from", "quiet_until", "quiet_days")


@dataclass(frozen=True)
class PreferenceInput:
    """What changes; None stays. In `choices` (kind -> channel -> yes or no), None is as for everybody.

    Times of the day are minutes; quiet hours that end when they begin are none.
    """

    choices: dict[str, dict[str, bool | None]] = field(default_factory=dict)
    rhythm: str | None = None
    digest_at: int | None = None
    quiet_from: int | None = None
    quiet_until: int | None = None
    quiet_days: list[int] | None = None


def _check_choices(errors: Errors, choices: dict, role: str) -> None:
    for key, channels in choices.items():
        kind = kinds.kinds.get(key)
        if kind is None or (role and role not in kind.audience):
            errors.add(f"choices.{key[:60]}", _("There is no such kind of notification."))
        elif any(channel not in Channel.values for channel in channels):
            errors.add(f"choices.{key}", _("Choose from app, push and mail."))


def _check_times(errors: Errors, typed: PreferenceInput) -> None:
    if typed.rhythm is not None:
        errors.choice("rhythm", typed.rhythm, Rhythm)
    for name in ("digest_at", "quiet_from", "quiet_until"):
        minute = getattr(typed, name)
        if minute is not None and not 0 <= minute < DAY:
            errors.add(name, _("Enter a time of the day."))
    if typed.quiet_days is not None and not set(typed.quiet_days) <= set(EVERY_DAY):
        errors.add("quiet_days", _("Choose days of the week."))


def _merged(before: dict, chosen: dict) -> dict:
    made = {}
    for key in {**before, **chosen}:
        channels = {**before.get(key, {}), **chosen.get(key, {})}
        kept = {channel: value for channel, value in channels.items() if value is not None}
        if kept:
            made[key] = kept
    return made


def _locked(account_id: UUID, member_id: UUID | None) -> Preference:
    """A row as it is, held until the transaction ends; one that is not saved yet has the times of the account."""
    rows = Preference.objects.filter(account_id=account_id).select_for_update()
    found = rows.filter(member_id=member_id).first()
    if found is not None:
        return found
    general = Preference.objects.filter(account_id=account_id, member_id=None).first() or Preference()
    times = {name: getattr(general, name) for name in TIMES}
    return Preference(account_id=account_id, member_id=member_id, **times)


def _apply(row: Preference, typed: PreferenceInput) -> bool:
    """Change a row; whether anything is different now."""
    wanted = {name: getattr(typed, name) for name in TIMES if getattr(typed, name) is not None}
    if "quiet_days" in wanted:
        wanted["quiet_days"] = sorted(set(wanted["quiet_days"]))
    wanted["choices"] = _merged(row.choices, typed.choices)
    changed = row._state.adding or any(getattr(row, name) != value for name, value in wanted.items())
    for name, value in wanted.items():
        setattr(row, name, value)
    return changed


def _save(actor, member: Member | None, typed: PreferenceInput, verb: str) -> Preference:
    errors = Errors()
    _check_choices(errors, typed.choices, member.role if member else "")
    _check_times(errors, typed)
    errors.raise_any()
    about = {"member": str(member.pk)} if member else {}
    with transaction.atomic():
        # Two who save at the same time wait for each other here, also where there is no row yet.
        Account.objects.select_for_update().filter(pk=actor.account_id).values_list("pk").first()
        row = _locked(actor.account_id, member.pk if member else None)
        if _apply(row, typed):
            row.save()
            record(actor, verb, subject_id=member.pk if member else actor.account_id, data=about)
    return row


def choose(actor, member: Member, typed: PreferenceInput) -> Preference:
    """What a member is told; raises Invalid, Missing, Forbidden."""
    if member.account_id != actor.account_id:
        raise Missing("member")
    own = member.pk == actor.id
    access.require(actor, permissions.CHOOSE if own else permissions.OTHERS)
    return _save(actor, member, typed, "notify.chosen" if own else "notify.chosen_for")


def choose_for_all(actor, typed: PreferenceInput) -> Preference:
    """What everybody is told who chose nothing else; raises Invalid, Forbidden."""
    access.require(actor, permissions.DEFAULTS)
    return _save(actor, None, typed, "notify.defaults")


def stop_mail(member: Member, kind: str = "") -> Preference:
    """End e-mails of a kind, or all of them, by the link in one; who opens it is not signed in."""
    keys = [kind] if kind else [one.key for one in kinds.for_role(member.role)]
    choices: dict[str, dict[str, bool | None]] = {key: {Channel.MAIL.value: False} for key in keys}
    return _save(System(member.account), member, PreferenceInput(choices=choices), "notify.mail_stopped")
