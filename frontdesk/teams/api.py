"""REST: teams."""

from uuid import UUID

from ninja import Router
from pydantic import Field

from frontdesk.accounts.access import get_member
from frontdesk.accounts.permissions import VIEW as PEOPLE
from frontdesk.core.rest.answers import answer
from frontdesk.core.rest.operation import operation
from frontdesk.core.rest.schemas import Input, Schema
from frontdesk.undo.shapes import ChangeOut, change_out

from . import access, actions, permissions, queries

router = Router(tags=["Teams"])
ONE = "/teams/{uuid:team_id}"
OF_MEMBER = "/members/{uuid:member_id}/teams"


class TeamIn(Input):
    """A new team; `hue` is one of eight colours, 1 to 8. The lead belongs to it."""

    name: str = Field(max_length=400)
    hue: int = 6
    lead: UUID | None = None
    members: list[UUID] = Field([], max_length=1000)


class TeamPatch(Input):
    """What changes; the rest stays. `members` replaces all of them, `lead` null takes the lead away."""

    name: str | None = Field(None, max_length=400)
    hue: int | None = None
    lead: UUID | None = None
    members: list[UUID] | None = Field(None, max_length=1000)


class TeamOut(Schema):
    """A team with the ids of its people by name."""

    id: UUID
    name: str
    hue: int
    lead: UUID | None
    members: list[UUID]


class TeamRows(Schema):
    """All teams, by name."""

    data: list[TeamOut]


class TeamsIn(Input):
    """The teams to which somebody belongs, all of them."""

    teams: list[UUID] = Field(max_length=1000)


class TeamsOut(Schema):
    """The teams of a person, by name."""

    teams: list[UUID]


def _out(row: queries.TeamRow) -> dict:
    own = {name: getattr(row.team, name) for name in ("id", "name", "hue")}
    return {**own, "lead": row.team.lead_id, "members": [one.pk for one in row.members]}


def _of(member) -> dict:
    return {"teams": [team.pk for team in queries.teams_of([member.pk]).get(member.pk, [])]}


@operation(router, "GET", "/teams", right=permissions.VIEW, answer=TeamRows, summary="List teams")
def list_teams(request):
    """All teams with their people; there are at most 200."""
    return answer({"data": [_out(row) for row in queries.teams(request.actor)]})


@operation(router, "POST", "/teams", right=permissions.EDIT, answer=TeamOut, status=201, summary="Add a team")
def add_team(request, body: TeamIn):
    """Belonging to a team gives nobody a right."""
    made = actions.add_team(request.actor, actions.TeamInput(**body.dict()))
    return answer(_out(queries.team_row(made)), 201)


@operation(router, "GET", ONE, right=permissions.VIEW, obj="team", answer=TeamOut, summary="Show a team")
def show_team(request, team_id: UUID):
    """One team with its people."""
    return answer(_out(queries.team_row(access.get_team(request.actor, team_id))))


@operation(router, "PATCH", ONE, right=permissions.EDIT, obj="team", answer=TeamOut, summary="Change a team")
def change_team(request, team_id: UUID, body: TeamPatch):
    """Name, colour, lead, members."""
    row = queries.team_row(access.get_team(request.actor, team_id))
    kept = {name: value for name, value in _out(row).items() if name != "id"}
    typed = {
        name: value for name, value in body.dict(exclude_unset=True).items() if name == "lead" or value is not None
    }
    actions.change_team(request.actor, row.team, actions.TeamInput(**{**kept, **typed}))
    return answer(_out(queries.team_row(row.team)))


@operation(router, "DELETE", ONE, right=permissions.EDIT, obj="team", answer=ChangeOut, summary="Delete a team")
def delete_team(request, team_id: UUID):
    """Its people stay. The answer is a change that can be undone for thirty days."""
    change = actions.delete_team(request.actor, access.get_team(request.actor, team_id))
    return answer(change_out(request.actor, change))


@operation(router, "GET", OF_MEMBER, right=PEOPLE, obj="member", answer=TeamsOut, summary="List the teams of a person")
def list_own(request, member_id: UUID):
    """The ids of the teams to which somebody belongs."""
    return answer(_of(get_member(request.actor, member_id)))


@operation(
    router, "PUT", OF_MEMBER, right=permissions.EDIT, obj="member", answer=TeamsOut, summary="Choose a person's teams"
)
def choose_teams(request, member_id: UUID, body: TeamsIn):
    """Let somebody belong to exactly these teams; 409 for people of the portal."""
    member = get_member(request.actor, member_id)
    actions.set_teams_of(request.actor, member, body.teams)
    return answer(_of(member))
