"""Opening rooms and choosing who is in them."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from frontdesk.accounts.models import Account
from frontdesk.activity.spine import record
from frontdesk.clients.actions.assignments import colleagues
from frontdesk.core.checks import Errors
from frontdesk.core.errors import Conflict, Forbidden, Invalid, Missing
from frontdesk.core.text import gettext as _
from frontdesk.live.publishing import publish, rights_changed

from .. import access, permissions
from ..models import ReadMark, Room, RoomMember
from ..models.rooms import LONGEST_NAME
from ..rooms import belonging
from ..rooms.opening import new_room
from ..rooms.prepared import takes_part
from ..telling import tell_member

MOST_PEOPLE = 500
Kind = Room.Kind


def _happened(actor, room: Room, verb: str, **data) -> None:
    data = {"thread": str(room.thread_id), **data}
    record(actor, verb, subject_id=room.thread_id, client_id=room.thread.client_id, data=data)


def _hold(actor) -> None:
    """Let those who open rooms wait for each other until the transaction ends."""
    Account.objects.select_for_update().get(pk=actor.account_id)


def company_room(actor) -> Room:
    """The room of the whole team, made when it is first asked for."""
    found = Room.objects.filter(kind=Kind.COMPANY).select_related("thread").first()
    if found:
        return found
    with transaction.atomic():
        _hold(actor)
        found = Room.objects.filter(kind=Kind.COMPANY).select_related("thread").first()
        if found is None:
            found = new_room(actor.account_id, Kind.COMPANY)
            rights_changed(actor.account_id)
        return found


def _pair(first: UUID, second: UUID) -> str:
    return "".join(sorted((first.hex, second.hex)))


def open_direct(actor, member_id: UUID) -> Room:
    """The direct conversation with somebody, opened when there is none; raises Missing unless they may talk."""
    access.require(actor, permissions.WRITE)
    other = belonging.partners(actor).filter(pk=member_id).first()
    if other is None:
        raise Missing("member")
    with transaction.atomic():
        pair = _pair(actor.id, other.pk)
        _hold(actor)
        found = Room.objects.filter(pair=pair).select_related("thread").first()
        if found:
            return found
        room = new_room(actor.account_id, Kind.DIRECT, pair=pair, created_by_id=actor.id)
        _join(room, [actor.id, other.pk])
        _happened(actor, room, "room.opened", member=str(other.pk))
    return room


def _join(room: Room, member_ids: Iterable[UUID]) -> None:
    """Put people into a room, with nothing unread for them, and tell their open pages."""
    now = timezone.now()
    for member_id in member_ids:
        RoomMember.objects.create(account_id=room.account_id, room=room, member_id=member_id, joined_at=now)
        ReadMark.objects.update_or_create(
            account_id=room.account_id, thread_id=room.thread_id, member_id=member_id,
            defaults={"number": room.thread.last_number, "read_at": now},
        )  # fmt: skip
        _review(room, member_id)


def _review(room: Room, member_id: UUID) -> None:
    """Have somebody's open pages follow what they may follow now."""
    tell_member(room.account_id, member_id, "topics")
    rights_changed(room.account_id, [member_id])


def _colleagues(actor, member_ids: Iterable[UUID]) -> list[UUID]:
    """Active members of the team by their ids, without the actor; raises Invalid when one is none."""
    ids = [member.pk for member in colleagues(actor, list(set(member_ids) - {actor.id}))]
    if len(ids) > MOST_PEOPLE:
        raise Invalid({"members": [_("At most %(most)s are allowed.", most=MOST_PEOPLE)]})
    return ids


def _name(name: str) -> str:
    errors = Errors()
    name = errors.line("name", name, LONGEST_NAME, required=True)
    errors.raise_any()
    return name


def create_group(actor, name: str, member_ids: Iterable[UUID]) -> Room:
    """Open a room with colleagues; raises Invalid, Forbidden."""
    access.require(actor, permissions.ROOMS)
    name, members = _name(name), _colleagues(actor, member_ids)
    with transaction.atomic():
        room = new_room(actor.account_id, Kind.GROUP, name=name, created_by_id=actor.id)
        _join(room, [actor.id, *members])
        _happened(actor, room, "room.created", people=len(members) + 1)
    return room


def _require_group(actor, room: Room) -> None:
    """Raise Forbidden unless it is a room whose people are chosen, and the actor one of them."""
    access.require(actor, permissions.ROOMS)
    if room.kind != Kind.GROUP or not takes_part(actor, room):
        raise Forbidden("room")


def rename_room(actor, room: Room, name: str) -> Room:
    """Change the name of a room of colleagues; raises Invalid, Forbidden."""
    _require_group(actor, room)
    room.name = _name(name)
    with transaction.atomic():
        room.save(update_fields=["name"])
        _happened(actor, room, "room.renamed")
        _tell(room)
    return room


def _tell(room: Room) -> None:
    publish(room.account_id, f"thread:{room.thread_id}", "room", {})


def add_people(actor, room: Room, member_ids: Iterable[UUID]) -> list[UUID]:
    """Put colleagues into a room; they read what was said before. Gives who is new; raises Invalid, Forbidden."""
    _require_group(actor, room)
    wanted = _colleagues(actor, member_ids)
    with transaction.atomic():
        _hold(actor)
        present = set(RoomMember.objects.filter(room_id=room.pk).values_list("member_id", flat=True))
        new = [member_id for member_id in wanted if member_id not in present]
        _join(room, new)
        for member_id in new:
            _happened(actor, room, "room.joined", member=str(member_id))
        _tell(room)
    return new


def remove_person(actor, room: Room, member_id: UUID) -> None:
    """Take somebody out of a room of colleagues; raises Missing, Forbidden."""
    _require_group(actor, room)
    _leave(actor, room, member_id)


def leave_room(actor, room: Room) -> None:
    """Leave a room of colleagues; raises Forbidden."""
    _require_group(actor, room)
    _leave(actor, room, actor.id)


def _leave(actor, room: Room, member_id: UUID) -> None:
    with transaction.atomic():
        gone, _rows = RoomMember.objects.filter(room_id=room.pk, member_id=member_id).delete()
        if not gone:
            raise Missing("member")
        _happened(actor, room, "room.left", member=str(member_id))
        _review(room, member_id)
        _tell(room)


def archive_room(actor, room: Room) -> None:
    """Close a room of colleagues: it can be read and found, not written in; raises Forbidden, Conflict."""
    _set_archived(actor, room, True)


def reopen_room(actor, room: Room) -> None:
    """Open an archived room again; raises Forbidden, Conflict."""
    _set_archived(actor, room, False)


def _set_archived(actor, room: Room, archived: bool) -> None:
    _require_group(actor, room)
    if (room.archived_at is not None) == archived:
        raise Conflict(_("This was done already."))
    room.archived_at = timezone.now() if archived else None
    with transaction.atomic():
        room.save(update_fields=["archived_at"])
        _happened(actor, room, "room.archived" if archived else "room.reopened")
        _tell(room)
