"""The matrix of kinds and channels, as pages and API show it."""

from dataclasses import dataclass
from uuid import UUID

from .kinds import Area, NoticeKind, areas, for_role, kinds
from .models import Channel, Preference
from .wishes import Wishes


@dataclass(frozen=True)
class Cell:
    """One channel of a kind: what holds, what was chosen (None: as for everybody), and what holds for everybody."""

    channel: str
    on: bool
    own: bool | None
    general: bool

    @property
    def label(self) -> str:
        """The channel's name."""
        return str(Channel(self.channel).label)


@dataclass(frozen=True)
class Line:
    """A kind with its channels."""

    kind: NoticeKind
    cells: list[Cell]


@dataclass(frozen=True)
class Matrix:
    """What one is told of: (area, lines) pairs, and when."""

    groups: list[tuple[Area, list[Line]]]
    times: Preference

    @property
    def lines(self) -> list[Line]:
        """All kinds."""
        return [line for _area, lines in self.groups for line in lines]


def _cell(wishes: Wishes, member_id: UUID | None, kind: NoticeKind, channel: str) -> Cell:
    if member_id is None:
        return Cell(channel, wishes.general(kind, channel), wishes.chosen_for_all(kind, channel), kind.default(channel))
    own, general = wishes.own(member_id, kind, channel), wishes.general(kind, channel)
    return Cell(channel, general if own is None else own, own, general)


def _matrix(shown: list[NoticeKind], member_id: UUID | None) -> Matrix:
    wishes = Wishes([member_id] if member_id else [])
    lines = [Line(kind, [_cell(wishes, member_id, kind, one) for one in Channel.values]) for kind in shown]
    groups = [(area, [line for line in lines if line.kind.area == area.key]) for area in areas]
    times = wishes.of(member_id) if member_id else wishes.for_all
    return Matrix([(area, own) for area, own in groups if own], times)


def matrix_of(member) -> Matrix:
    """What a member can be told, and what was chosen."""
    return _matrix(for_role(member.role), member.pk)


def matrix_for_all() -> Matrix:
    """What anybody can be told, and what holds for those who chose nothing."""
    return _matrix(list(kinds), None)


def posted(data, matrix: Matrix) -> dict[str, dict[str, bool | None]]:
    """What a form of boxes `<kind>:<channel>` chose; what is as for everybody is nobody's own choice."""
    return {
        line.kind.key: {
            cell.channel: None if ticked == cell.general else ticked
            for cell in line.cells
            for ticked in [f"{line.kind.key}:{cell.channel}" in data]
        }
        for line in matrix.lines
    }
