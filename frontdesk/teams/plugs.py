"""Where teams plug into lower domains."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db.models import QuerySet

from frontdesk.accounts.models import Member
from frontdesk.accounts.registry import MemberPanel, PeopleFilter, member_panels, people_filters
from frontdesk.activity.spine import record_many
from frontdesk.core.errors import Invalid
from frontdesk.core.registry import SettingsPage, settings_pages
from frontdesk.core.text import gettext as _
from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.undo.models import Change
from frontdesk.undo.registry import ChangeKind, register_kind

from . import access, permissions, queries
from .models import TeamMember


def _choices(actor) -> list[tuple[str, str]]:
    return [(str(team.pk), team.name) for team in access.teams_for(actor).order_by("key")]


def _narrow(found: QuerySet[Member], value: str) -> QuerySet[Member]:
    try:
        team = UUID(value)
    except ValueError:
        raise Invalid({"team": [_("Choose one from the list.")]}) from None
    return found.filter(pk__in=TeamMember.objects.filter(team_id=team).values("member_id"))


@contextmanager
def _around(actor, change: Change, ids: list[UUID]) -> Iterator[None]:
    yield
    record_many(actor, "team.undone", [(team_id, None, {"change": str(change.pk)}) for team_id in ids])


PAGE = SettingsPage(
    "teams", _lazy("Teams"), "teams:teams", "users-group", permissions.EDIT, order=102, group="people",
    text=_lazy("People who work together, with a lead"),
)  # fmt: skip
PANEL = MemberPanel(
    "teams", _lazy("Teams"), "teams:panel", lambda actor, member: member.is_team and actor.may(permissions.VIEW), 5
)
FILTER = PeopleFilter("team", _lazy("Any team"), _choices, _narrow)
DELETED = ChangeKind(
    _lazy("Deleted a team"), permissions.EDIT, permissions.EDIT, lambda change: _("A team deleted"), "trash",
    around=_around, names=queries.load_names, url_name="teams:team", order=200,
)  # fmt: skip


def register() -> None:
    """Called once at start-up."""
    settings_pages.register(PAGE.key, PAGE)
    member_panels.register(PANEL.key, PANEL)
    people_filters.register(FILTER.key, FILTER)
    register_kind("teams.delete", DELETED)
