"""Who sees a person."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from frontdesk.core.http import page

from .. import access, permissions, seen
from ..moments import asked_day, end_of


@page(permissions.VIEW, obj="member")
def member_seen(request, member_id: UUID) -> HttpResponse:
    """Who can see a person's record, and why; `on` asks for the end of an earlier day."""
    found = access.get_member(request.actor, member_id)
    day = asked_day(request.GET.get("on", ""))
    sights = seen.who_sees_member(request.actor, found, end_of(day))
    context = {"here": "people", "member": found, "sights": sights, "day": day}
    return render(request, "accounts/member_seen.html", context)
