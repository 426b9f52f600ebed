"""What somebody hears who was away: how much happened meanwhile, in one notice."""

from collections import Counter as Tally
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.utils import timezone

from frontdesk.accounts.models import Member
from frontdesk.activity.reactions import Happening
from frontdesk.core.permissions import TEAM
from frontdesk.core.tenancy.context import account_context, current_account_id
from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.core.text import ngettext as _n
from frontdesk.ui.jinja import url

from . import telling
from .kinds import NoticeData, NoticeKind, Wording, areas
from .models import Notice

LOOKED_BACK = timedelta(days=2)


def _say(data: NoticeData, reader) -> Wording | None:
    counts = data.data.get("areas", {})
    named = [f"{area.label}: {counts[area.key]}" for area in areas if counts.get(area.key)]
    title = _n(
        "While you were away: %(num)s notification", "While you were away: %(num)s notifications", sum(counts.values())
    )
    return Wording(title, " · ".join(named), url("notify:list"))


BACK = NoticeKind(
    "people.back", _lazy("Being back"), _lazy("You are back, and something happened while you were away"),
    "people", TEAM, (), lambda happening: [happening.subject_id] if happening.subject_id else (), _say,
    thread_key=lambda happening: "back", icon="user-check", tells_actor=True, order=25,
)  # fmt: skip


def tell_returned(member_id: UUID, since: str, until: str) -> None:
    """Tell a member of the account in context what happened between two moments; once for each time away."""
    begun, ended = datetime.fromisoformat(since), datetime.fromisoformat(until)
    meanwhile = Notice.objects.filter(member_id=member_id, shown=True, at__gte=begun, at__lte=ended)
    counts = Tally(meanwhile.exclude(kind=BACK.key).values_list("area", flat=True))
    if counts:
        happening = Happening(uuid5(member_id, begun.isoformat()), None, "", member_id, None, {"areas": dict(counts)})
        telling.tell_once(BACK, happening, timezone.now())


def find_returned() -> None:
    """Tell those whose time away ended by itself since the last time that somebody looked."""
    now = timezone.now()
    ended = Member.objects.filter(away_until__gt=now - LOOKED_BACK, away_until__lte=now, away_from__isnull=False)
    for member in list(ended.only("pk", "account_id", "away_from", "away_until")):
        with account_context(member.account_id):
            if member.away_from and member.away_until and current_account_id():
                tell_returned(member.pk, member.away_from.isoformat(), member.away_until.isoformat())
