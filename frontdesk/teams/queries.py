"""Reads of teams: a fixed number of queries each."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from frontdesk.accounts.models import Member, MemberStatus

from . import access
from .models import Team, TeamMember


@dataclass(frozen=True)
class TeamRow:
    """A team with those who belong to it, by name; `lead` is one of them or None."""

    team: Team
    members: list[Member]
    lead: Member | None


def _row(team: Team, members: list[Member]) -> TeamRow:
    return TeamRow(team, members, next((one for one in members if one.pk == team.lead_id), None))


def _members_of(team_ids: Iterable[UUID]) -> dict[UUID, list[Member]]:
    found: dict[UUID, list[Member]] = defaultdict(list)
    rows = TeamMember.objects.filter(team_id__in=list(team_ids)).select_related("member")
    for row in rows.order_by("member__sort_name", "member_id"):
        found[row.team_id].append(row.member)
    return found


def teams(actor) -> list[TeamRow]:
    """All teams by name, in two queries; raises Forbidden."""
    found = list(access.teams_for(actor).order_by("key"))
    members = _members_of([team.pk for team in found])
    return [_row(team, members[team.pk]) for team in found]


def team_row(team: Team) -> TeamRow:
    """A team that `access.get_team` gave, with its people."""
    return _row(team, _members_of([team.pk])[team.pk])


def active_members(team: Team) -> list[Member]:
    """Those of a team to whom work can be given."""
    return [one for one in _members_of([team.pk])[team.pk] if one.status == MemberStatus.ACTIVE]


def teams_of(member_ids: Iterable[UUID]) -> dict[UUID, list[Team]]:
    """Member id to their teams by name, in one query; those of no team are absent."""
    found: dict[UUID, list[Team]] = {}
    rows = TeamMember.objects.filter(member_id__in=list(member_ids)).select_related("team")
    for row in rows.order_by("team__key"):
        found.setdefault(row.member_id, []).append(row.team)
    return found


def load_names(ids: list[UUID]) -> dict[UUID, str]:
    """Names of teams by id."""
    return dict(Team.objects.filter(pk__in=ids).values_list("pk", "name"))
