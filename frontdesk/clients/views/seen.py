"""Who sees a client, and what a person sees."""

from django.shortcuts import render

from frontdesk.accounts.access import get_member
from frontdesk.accounts.moments import asked_day, end_of
from frontdesk.accounts.permissions import VIEW as VIEW_PEOPLE
from frontdesk.core.http import page

from .. import access, permissions, seen


@page(permissions.VIEW, obj="client")
def client_seen(request, client_id):
    """Who can see a client, and why; `on` asks for the end of an earlier day."""
    client = access.get_client(request.actor, client_id)
    day = asked_day(request.GET.get("on", ""))
    sights = seen.who_sees_client(request.actor, client, end_of(day))
    return render(request, "clients/seen.html", {"here": "clients", "client": client, "sights": sights, "day": day})


@page(VIEW_PEOPLE, obj="member")
def member_sees(request, member_id):
    """What a person can see, and why; the part alone for the person's page, which fetches it."""
    member = get_member(request.actor, member_id)
    day = asked_day(request.GET.get("on", ""))
    view = seen.what_they_see(request.actor, member, end_of(day))
    context = {"here": "people", "member": member, "view": view, "day": day}
    part = request.headers.get("HX-Request")
    return render(request, "clients/parts/sees.html" if part else "clients/sees.html", context)
