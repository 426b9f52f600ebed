"""Who hears what an absence did: the deputy when it begins, both when it ends, in one notice each."""

from uuid import UUID

from frontdesk.accounts.models import Member
from frontdesk.activity.reactions import Happening
from frontdesk.activity.sentences import as_uuid
from frontdesk.core.permissions import TEAM
from frontdesk.core.tenancy.context import current_account_id
from frontdesk.core.text import gettext as _
from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.core.text import ngettext as _n
from frontdesk.notify import kinds
from frontdesk.notify.kinds import NoticeData, NoticeKind, Wording
from frontdesk.ui.jinja import url

from . import permissions

COVERED, RETURNED = "conversations.covered", "conversations.returned"


def _deputy(happening: Happening) -> set[UUID]:
    found = as_uuid(happening.data.get("deputy"))
    return {found} if found else set()


def _both(happening: Happening) -> set[UUID]:
    ids = {as_uuid(one) for one in (happening.data["member"], *happening.data["deputies"])}
    return {one for one in ids if one}


def _names(notices: list[NoticeData], reader) -> dict[UUID, str]:
    ids = [notice.subject_id for notice in notices]
    return dict(Member.objects.filter(account_id=current_account_id(), pk__in=ids).values_list("pk", "name"))


def _mine() -> str:
    return url("conversations:list") + "?whose=mine"


def _say_covered(notice: NoticeData, reader) -> Wording | None:
    name = notice.loaded.get(notice.subject_id)
    if name is None or not reader.may(permissions.VIEW):
        return None
    title = _n(
        "%(num)s conversation of %(name)s is yours meanwhile", "%(num)s conversations of %(name)s are yours meanwhile",
        notice.data["count"], name=name,
    )  # fmt: skip
    return Wording(title, _("%(name)s is away, and you stand in.", name=name), _mine())


def _say_returned(notice: NoticeData, reader) -> Wording | None:
    name, data = notice.loaded.get(notice.subject_id), notice.data
    if name is None or not reader.may(permissions.VIEW):
        return None
    parts = [
        _n("%(num)s came", "%(num)s came", data["came"]),
        _n("%(num)s was answered", "%(num)s were answered", data["answered"]),
        _n("%(num)s was closed", "%(num)s were closed", data["closed"]),
        _n("%(num)s waits", "%(num)s wait", data["waits"]),
    ]
    if notice.subject_id != reader.id:
        return Wording(_("%(name)s is back and has the conversations again", name=name), " · ".join(parts), _mine())
    title = _n(
        "You are back: %(num)s conversation is yours again", "You are back: %(num)s conversations are yours again",
        data["returned"],
    )  # fmt: skip
    return Wording(title, " · ".join(parts), url("conversations:covered"))


def register() -> None:
    """Called once at start-up."""
    kinds.register(
        NoticeKind(
            COVERED, _lazy("Conversations of colleagues who are away"), _lazy("Conversations are yours meanwhile"),
            "inbox", TEAM, ("conversation.covered",), _deputy, _say_covered,
            defaults=dict(kinds.IN_APP_AND_PUSH), load=_names, icon="clock-pause", order=10,
        )
    )  # fmt: skip
    kinds.register(
        NoticeKind(
            RETURNED, _lazy("Conversations after an absence"), _lazy("Somebody is back and has them again"),
            "inbox", TEAM, ("conversation.returned",), _both, _say_returned,
            defaults=dict(kinds.IN_APP_AND_PUSH), load=_names, icon="user-check", order=12,
        )
    )  # fmt: skip
