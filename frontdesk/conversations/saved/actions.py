"""Writing saved replies, and noting that one was used."""

import re
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from frontdesk.activity.spine import record
from frontdesk.core.checks import Errors
from frontdesk.core.errors import Invalid
from frontdesk.core.fold import fold
from frontdesk.core.text import gettext as _
from frontdesk.teams.models import Team

from .. import permissions, placeholders
from ..access import require
from .models import LONGEST_NAME, LONGEST_SHORTCUT, LONGEST_TEXT, SavedReply

MOST = 500
SHORTCUT = re.compile(r"[\w-]+")
RESTORABLE = timedelta(days=30)


@dataclass(frozen=True)
class SavedInput:
    """A saved reply as typed; `shared` ones are everybody's, or those of a team."""

    name: str
    text: str
    shortcut: str = ""
    language: str = ""
    shared: bool = False
    team: UUID | None = None


def _values(typed: SavedInput) -> dict:
    """The cleaned values; raises Invalid naming every field that is wrong."""
    errors = Errors()
    name = errors.line("name", typed.name, LONGEST_NAME, required=True)
    text = errors.block("text", typed.text, LONGEST_TEXT, required=True)
    shortcut = errors.line("shortcut", typed.shortcut.strip().lstrip("/"), LONGEST_SHORTCUT).lower()
    if shortcut and not SHORTCUT.fullmatch(shortcut):
        errors.add("shortcut", _("One word of letters, digits, - and _."))
    if typed.language and typed.language not in dict(settings.LANGUAGES):
        errors.add("language", _("Choose from the list."))
    if typed.team and not Team.objects.filter(pk=typed.team).exists():
        errors.add("team", _("Choose from the list."))
    placeholders.check(errors, "text", text)
    errors.raise_any()
    return {
        "name": name, "key": fold(name)[:LONGEST_NAME], "text": text, "shortcut": shortcut, "language": typed.language,
        "folded": fold(f"{shortcut} {name} {text}"), "team_id": typed.team if typed.shared else None,
    }  # fmt: skip


def checked_text(typed: SavedInput) -> str:
    """The text as it would be kept; raises Invalid naming every field that is wrong."""
    return _values(typed)["text"]


def _right(shared: bool) -> str:
    return permissions.SAVED_SHARED if shared else permissions.SAVED_OWN


def _beside(actor, shared: bool) -> QuerySet[SavedReply]:
    """Those among which a shortcut is single and which are counted together."""
    return SavedReply.objects.filter(owner_id=None if shared else actor.id, deleted_at=None)


def _check_single(found: QuerySet[SavedReply], values: dict) -> None:
    taken = found.filter(shortcut=values["shortcut"], language=values["language"])
    if values["shortcut"] and taken.exists():
        raise Invalid({"shortcut": [_("Another saved reply has this shortcut.")]})


def _save(actor, reply: SavedReply, verb: str, **data) -> SavedReply:
    try:
        with transaction.atomic():
            reply.save()
            record(actor, verb, subject_id=reply.pk, data=data)
    except IntegrityError:
        raise Invalid({"shortcut": [_("Another saved reply has this shortcut.")]}) from None
    return reply


def add_reply(actor, typed: SavedInput) -> SavedReply:
    """Save a text to be used again; raises Invalid, Forbidden."""
    require(actor, _right(typed.shared))
    values, beside = _values(typed), _beside(actor, typed.shared)
    _check_single(beside, values)
    if beside.count() >= MOST:
        raise Invalid({"": [_("At most %(most)s saved replies.", most=MOST)]})
    owner_id = None if typed.shared else actor.id
    made = SavedReply(account_id=actor.account_id, owner_id=owner_id, **values)
    return _save(actor, made, "saved_reply.added", shared=typed.shared)


def change_reply(actor, reply: SavedReply, typed: SavedInput) -> SavedReply:
    """Change one that `access.editable` gave, also from one's own to everybody's; raises Invalid, Forbidden."""
    require(actor, _right(typed.shared))
    values = _values(typed)
    _check_single(_beside(actor, typed.shared).exclude(pk=reply.pk), values)
    for name, value in values.items():
        setattr(reply, name, value)
    reply.owner_id = None if typed.shared else actor.id
    return _save(actor, reply, "saved_reply.changed", shared=typed.shared)


def delete_reply(actor, reply: SavedReply) -> None:
    """Delete one that `access.editable` gave; it can be brought back for thirty days."""
    require(actor, _right(reply.owner_id is None))
    now = timezone.now()
    with transaction.atomic():
        SavedReply.objects.filter(deleted_at__lt=now - RESTORABLE).delete()
        if SavedReply.objects.filter(pk=reply.pk, deleted_at=None).update(deleted_at=now):
            record(actor, "saved_reply.deleted", subject_id=reply.pk)


def restore_reply(actor, reply: SavedReply) -> SavedReply:
    """Bring back one that `access.restorable` gave; without its shortcut if another one has that now."""
    require(actor, _right(reply.owner_id is None))
    if reply.deleted_at is None:
        return reply
    beside = SavedReply.objects.filter(owner_id=reply.owner_id, deleted_at=None, language=reply.language)
    if beside.filter(shortcut=reply.shortcut).exists():
        reply.shortcut = ""
    reply.deleted_at = None
    return _save(actor, reply, "saved_reply.restored")


def note_use(actor, reply: SavedReply) -> None:
    """Count that a reply was put into a message, so that what is used most comes first."""
    require(actor, permissions.SAVED)
    SavedReply.objects.filter(pk=reply.pk).update(used=F("used") + 1, used_at=timezone.now())
