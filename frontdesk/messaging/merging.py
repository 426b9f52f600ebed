"""Of two clients who become one: nothing that was said is lost, and there is one room to go on in."""

from frontdesk.clients.merging.registry import register_rule
from frontdesk.undo.trees import note_deletion

from .models import Room, Thread


def _rooms(client_id) -> list[Room]:
    found = Room.objects.filter(kind=Room.Kind.CLIENT, thread__client_id=client_id).select_related("thread")
    return list(found.order_by("former", "pk"))


def _merge(merge) -> None:
    """The kept one's room goes on if anything was said in it; the other is kept to be read, unless it is empty."""
    kept = next((room for room in _rooms(merge.kept.pk) if not room.former), None)
    for room in _rooms(merge.gone.pk):
        if not room.thread.last_number:
            continue
        if kept is not None and not kept.thread.last_number and not room.former:
            note_deletion(merge.ledger, Thread, {kept.thread_id: merge.kept.pk})
            Thread.objects.filter(pk=kept.thread_id).delete()
            kept = room
        elif kept is None:
            kept = room
        else:
            merge.ledger.changed(merge.kept.pk, room, {"former": (room.former, True)})
            Room.objects.filter(pk=room.pk).update(former=True)
        merge.move(Thread, "client_id", Thread.objects.filter(pk=room.thread_id))
    _move_others(merge)


def _move_others(merge) -> None:
    """Threads of other kinds move as they are."""
    rooms = Room.objects.filter(thread__client_id=merge.gone.pk).values("thread_id")
    others = Thread.objects.filter(client_id=merge.gone.pk).exclude(pk__in=rooms)
    merge.move(Thread, "client_id", others)


def register() -> None:
    """Called once at start-up."""
    register_rule("messaging.thread", _merge)
