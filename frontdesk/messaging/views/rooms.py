"""Opening rooms, and who is in them."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect

from frontdesk.clients import access as clients
from frontdesk.core.errors import Invalid
from frontdesk.core.http import page
from frontdesk.core.text import gettext as _
from frontdesk.ui.flash import flash, flash_refusal

from .. import access, actions, permissions, queries
from ..models import Room
from ..rooms import opening
from . import frame


def _ids(request, name: str = "members") -> list[UUID]:
    try:
        return [UUID(text) for text in request.POST.getlist(name)]
    except ValueError:
        raise Invalid({"members": [_("Choose from the list.")]}) from None


@page(permissions.WRITE, methods=("GET", "POST"))
def begin(request) -> HttpResponse:
    """Choose to whom to write: one person, or several for a room."""
    if request.method != "POST":
        return _begin_page(request)
    try:
        chosen, name = _ids(request), request.POST.get("name", "").strip()
        if len(chosen) == 1 and not name:
            room = actions.open_direct(request.actor, chosen[0])
        elif not chosen:
            raise Invalid({"members": [_("Choose at least one person.")]})
        else:
            room = actions.create_group(request.actor, name, chosen)
    except Invalid as refused:
        return _begin_page(request, 422, errors=refused.errors)
    return redirect("messaging:thread", room.thread_id)


def _begin_page(request, status: int = 200, **more) -> HttpResponse:
    words = request.GET.get("q", "")
    context = {
        **frame.listed(request), "people": queries.addressees(request.actor, words), "words": words,
        "chosen": request.POST.getlist("members"), "name": request.POST.get("name", ""), **more,
    }  # fmt: skip
    return frame.show(request, "begin.html", context, status=status)


@page(permissions.WRITE, obj="addressee", methods=("POST",))
def direct(request, member_id: UUID) -> HttpResponse:
    """Write to one person."""
    return redirect("messaging:thread", actions.open_direct(request.actor, member_id).thread_id)


@page(permissions.READ, obj="client_room")
def client_room(request, client_id: UUID) -> HttpResponse:
    """The room of a client; whoever sees the client but takes no part in the room gets 404."""
    client = clients.get_client(request.actor, client_id)
    thread = opening.client_rooms([client.pk])[client.pk]
    access.get_thread(request.actor, thread.pk)
    return redirect("messaging:thread", thread.pk)


@page(permissions.READ, obj="thread")
def about(request, thread_id: UUID) -> HttpResponse:
    """Who takes part in a room, who looked into it, and its files."""
    return _about_page(request, *access.get_room(request.actor, thread_id))


def _about_page(request, room: Room, standing, status: int = 200, **more) -> HttpResponse:
    actor = request.actor
    context = {
        **frame.listed(request), **queries.surroundings(actor, room.thread), "thread": room.thread, "room": room,
        "standing": standing, "people": queries.room_people(room.thread), "looks": queries.looks(room.thread),
        "manages": room.kind == Room.Kind.GROUP and not standing.oversees and actor.may(permissions.ROOMS), **more,
    }  # fmt: skip
    if context["manages"]:
        present = {one.pk for one in context["people"]}
        context["others"] = [one for one in queries.colleagues(actor) if one.pk not in present]
    return frame.show(request, "about.html", context, status=status)


def _change(request, thread_id: UUID, verb, *arguments, said: str = "") -> HttpResponse:
    """Do something with a room and come back to its page; what is refused is shown there."""
    room, standing = access.get_room(request.actor, thread_id, permissions.ROOMS)
    try:
        verb(request.actor, room, *arguments)
    except Invalid as refused:
        if standing.oversees:
            raise
        return _about_page(request, room, standing, 422, errors=refused.errors)
    if said:
        flash(request, said)
    return redirect("messaging:about", thread_id)


@page(permissions.ROOMS, obj="thread", methods=("POST",))
def rename(request, thread_id: UUID) -> HttpResponse:
    """Change a room's name."""
    return _change(request, thread_id, actions.rename_room, request.POST.get("name", ""), said=_("Saved."))


@page(permissions.ROOMS, obj="thread", methods=("POST",))
def add(request, thread_id: UUID) -> HttpResponse:
    """Put colleagues into a room."""
    return _change(request, thread_id, actions.add_people, _ids(request))


@page(permissions.ROOMS, obj="room_member", methods=("POST",))
def remove(request, thread_id: UUID, member_id: UUID) -> HttpResponse:
    """Take somebody out of a room."""
    return _change(request, thread_id, actions.remove_person, member_id)


@page(permissions.ROOMS, obj="thread", methods=("POST",))
def archive(request, thread_id: UUID) -> HttpResponse:
    """Close a room."""
    return _change(request, thread_id, actions.archive_room, said=_("The room is archived."))


@page(permissions.ROOMS, obj="thread", methods=("POST",))
def reopen(request, thread_id: UUID) -> HttpResponse:
    """Open an archived room."""
    return _change(request, thread_id, actions.reopen_room, said=_("The room is open again."))


@page(permissions.ROOMS, obj="thread", methods=("POST",))
def leave(request, thread_id: UUID) -> HttpResponse:
    """Leave a room."""
    room, _standing = access.get_room(request.actor, thread_id, permissions.ROOMS)
    try:
        actions.leave_room(request.actor, room)
    except Invalid as refused:
        flash_refusal(request, refused)
        return redirect("messaging:about", thread_id)
    flash(request, _("You left the room."))
    return redirect("messaging:list")
