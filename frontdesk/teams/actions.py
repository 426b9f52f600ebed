"""What can be done with teams."""

from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction

from frontdesk.accounts.models import Account, Member
from frontdesk.activity.spine import record
from frontdesk.core.checks import Errors
from frontdesk.core.errors import Conflict, Missing
from frontdesk.core.fold import fold
from frontdesk.core.permissions import TEAM
from frontdesk.core.text import gettext as _
from frontdesk.ui.hues import KNOWN
from frontdesk.undo.ledger import Ledger, begin
from frontdesk.undo.models import Change
from frontdesk.undo.trees import note_deletion

from . import access, permissions
from .models import Team, TeamMember

MOST = 200


@dataclass(frozen=True)
class TeamInput:
    """A team as typed; the lead belongs to it whether they are among `members` or not."""

    name: str
    hue: int = 6
    lead: UUID | None = None
    members: Collection[UUID] = field(default_factory=frozenset)

    def everybody(self) -> set[UUID]:
        """Members and lead."""
        return set(self.members) | ({self.lead} if self.lead else set())


def _hold(actor) -> None:
    """Let changes of an account's teams wait for each other until the transaction ends."""
    Account.objects.select_for_update().get(pk=actor.account_id)


def _check_people(actor, errors: Errors, typed: TeamInput) -> None:
    wanted = typed.everybody()
    known = Member.objects.filter(account_id=actor.account_id, role__in=TEAM, pk__in=wanted)
    known_ids = set(known.values_list("pk", flat=True))
    if typed.lead and typed.lead not in known_ids:
        errors.add("lead", _("Choose somebody of the team."))
    if set(typed.members) - known_ids:
        errors.add("members", _("Choose people of the team."))


def _checked(actor, typed: TeamInput, team: Team | None) -> tuple[str, str]:
    """Name and key; raises Invalid."""
    errors = Errors()
    name = errors.line("name", typed.name, 60, required=True)
    key = fold(name)[:60]
    same = Team.objects.filter(key=key).exclude(pk=team.pk if team else None)
    if key and same.exists():
        errors.add("name", _("There is a team of this name already."))
    if typed.hue not in KNOWN:
        errors.add("hue", _("Choose one from the list."))
    _check_people(actor, errors, typed)
    if team is None and Team.objects.count() >= MOST:
        errors.add("name", _("At most %(most)s are allowed.", most=MOST))
    errors.raise_any()
    return name, key


def _follow(actor, team: Team, wanted: set[UUID]) -> None:
    """Let exactly these people belong to a team, each change told."""
    present = set(TeamMember.objects.filter(team_id=team.pk).values_list("member_id", flat=True))
    for member_id in sorted(wanted - present):
        _join(actor, team, member_id)
    for member_id in sorted(present - wanted):
        _leave(actor, team, member_id)


def _join(actor, team: Team, member_id: UUID) -> None:
    TeamMember.objects.create(account_id=actor.account_id, team=team, member_id=member_id)
    _tell(actor, "team.joined", team, member_id)


def _leave(actor, team: Team, member_id: UUID) -> None:
    TeamMember.objects.filter(team_id=team.pk, member_id=member_id).delete()
    if team.lead_id == member_id:
        team.lead_id = None
        team.save(update_fields=["lead"])
    _tell(actor, "team.left", team, member_id)


def _tell(actor, verb: str, team: Team, member_id: UUID) -> None:
    record(actor, verb, subject_id=team.pk, data={"team": str(team.pk), "member": str(member_id)})


def add_team(actor, typed: TeamInput) -> Team:
    """Add a team; raises Invalid, Forbidden."""
    access.require(actor, permissions.EDIT)
    with transaction.atomic():
        _hold(actor)
        name, key = _checked(actor, typed, None)
        made = Team.objects.create(
            account_id=actor.account_id, name=name, key=key, hue=typed.hue, lead_id=typed.lead
        )  # fmt: skip
        record(actor, "team.added", subject_id=made.pk, data={"team": str(made.pk)})
        _follow(actor, made, typed.everybody())
    return made


def change_team(actor, team: Team, typed: TeamInput) -> Team:
    """Replace everything of a team that `access.get_team` gave; raises Invalid, Forbidden."""
    access.require(actor, permissions.EDIT)
    with transaction.atomic():
        _hold(actor)
        name, key = _checked(actor, typed, team)
        values = {"name": name, "key": key, "hue": typed.hue, "lead_id": typed.lead}
        changed = sorted(field for field, value in values.items() if getattr(team, field) != value and field != "key")
        for field_name, value in values.items():
            setattr(team, field_name, value)
        team.save()
        if changed:
            record(actor, "team.changed", subject_id=team.pk, data={"team": str(team.pk), "fields": changed})
        _follow(actor, team, typed.everybody())
    return team


def set_teams_of(actor, member: Member, team_ids: Collection[UUID]) -> None:
    """Let somebody belong to exactly these teams; raises Invalid, Conflict for people of the portal, Forbidden."""
    access.require(actor, permissions.EDIT)
    if member.account_id != actor.account_id:
        raise Missing("member")
    if not member.is_team:
        raise Conflict(_("Only people of the team belong to teams."))
    with transaction.atomic():
        _hold(actor)
        known = {team.pk: team for team in Team.objects.all()}
        errors = Errors()
        if set(team_ids) - set(known):
            errors.add("teams", _("Choose from the list."))
        errors.raise_any()
        present = set(TeamMember.objects.filter(member_id=member.pk).values_list("team_id", flat=True))
        for team_id in sorted(set(team_ids) - present):
            _join(actor, known[team_id], member.pk)
        for team_id in sorted(present - set(team_ids)):
            _leave(actor, known[team_id], member.pk)


def delete_team(actor, team: Team) -> Change:
    """Delete a team; its people stay. The change it gives can be undone. Raises Forbidden."""
    access.require(actor, permissions.EDIT)
    team_id = team.pk
    with transaction.atomic():
        change = begin(actor, "teams.delete", total=1, data={"team": str(team_id)})
        ledger = Ledger(change)
        note_deletion(ledger, Team, {team_id: team_id})
        Team.objects.filter(pk=team_id).delete()
        record(actor, "team.deleted", subject_id=team_id)
        ledger.close()
    return change
