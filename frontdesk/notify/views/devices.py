"""Switching push on and off for a browser; the page's script asks the browser and sends what it says."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect

from frontdesk.core.http import page
from frontdesk.core.text import gettext as _
from frontdesk.ui.flash import flash

from .. import access, actions, permissions


@page(permissions.CHOOSE, methods=("POST",))
def add(request) -> HttpResponse:
    """Push to the browser that asks."""
    given = {name: request.POST.get(name, "") for name in ("endpoint", "p256dh", "auth")}
    typed = actions.DeviceInput(**given, agent=request.headers.get("User-Agent", ""))
    actions.add_device(request.actor, request.session.session_key or "", typed)
    return HttpResponse(status=204)


@page(permissions.CHOOSE, methods=("POST",))
def forget(request) -> HttpResponse:
    """Push no more to the browser that asks."""
    actions.forget_endpoint(request.actor, request.POST.get("endpoint", ""))
    return HttpResponse(status=204)


@page(permissions.CHOOSE, obj="device", methods=("POST",))
def remove(request, device_id: UUID) -> HttpResponse:
    """Push no more to one of one's devices."""
    actions.remove_device(request.actor, access.get_device(request.actor, device_id))
    flash(request, _("This device gets no more pushes."))
    return redirect("notify:preferences")
