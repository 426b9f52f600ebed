"""What people wish to be told: their own choice, else that of the account, else that of the kind."""

import zoneinfo
from collections.abc import Iterable
from uuid import UUID

from .kinds import NoticeKind
from .models import Preference


class Wishes:
    """The preferences of some members of the account in context, read in one statement."""

    def __init__(self, member_ids: Iterable[UUID]):
        wanted = list(member_ids)
        found = Preference.objects.filter(member_id__in=wanted) | Preference.objects.filter(member_id=None)
        self._own = {row.member_id: row for row in found}
        self.for_all = self._own.get(None) or Preference()

    def of(self, member_id: UUID) -> Preference:
        """A member's times: their own, else those of the account."""
        return self._own.get(member_id) or self.for_all

    def general(self, kind: NoticeKind, channel: str) -> bool:
        """What holds for everybody who chose nothing."""
        chosen = self.chosen_for_all(kind, channel)
        return kind.default(channel) if chosen is None else chosen

    def chosen_for_all(self, kind: NoticeKind, channel: str) -> bool | None:
        """What the account chose for everybody; None where it chose nothing."""
        return self.for_all.choices.get(kind.key, {}).get(channel)

    def own(self, member_id: UUID, kind: NoticeKind, channel: str) -> bool | None:
        """What a member chose; None for as everybody."""
        row = self._own.get(member_id)
        return row.choices.get(kind.key, {}).get(channel) if row else None

    def wants(self, member_id: UUID, kind: NoticeKind, channel: str) -> bool:
        """Whether a member is told of a kind by a channel."""
        own = self.own(member_id, kind, channel)
        return self.general(kind, channel) if own is None else own


def zone_of(member) -> zoneinfo.ZoneInfo:
    """A member's time zone, else the account's, else UTC."""
    for name in filter(None, (member.user and member.user.time_zone, member.account.time_zone)):
        try:
            return zoneinfo.ZoneInfo(name)
        except (ValueError, zoneinfo.ZoneInfoNotFoundError):
            continue
    return zoneinfo.ZoneInfo("UTC")
