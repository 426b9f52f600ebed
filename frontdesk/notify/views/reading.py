"""The pages of notifications: the list, the panel under the bell, and reading."""

from urllib.parse import urlsplit
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from frontdesk.core.http import page

from .. import access, actions, permissions, queries

LIST = "notify:list"


def _areas(actor, unread: bool) -> list[dict]:
    """The areas to narrow to, as `ui.segmented` takes them; nothing where there is only one."""
    numbers, shown = queries.unread(actor), queries.shown_areas(actor)
    query = "&unread=1" if unread else ""
    return [
        {"key": area.key, "label": str(area.label), "href": f"?area={area.key}{query}", "count": numbers.get(area.key)}
        for area in (shown if len(shown) > 1 else ())
    ]


def _filters(request) -> dict:
    return {"area": request.GET.get("area", ""), "unread": request.GET.get("unread") == "1"}


@page(permissions.VIEW)
def listed(request) -> HttpResponse:
    """Everything one was told, newest first."""
    filters = _filters(request)
    cursors = {name: request.GET.get(name, "") for name in ("after", "before")}
    context = {
        "here": "notifications", "found": queries.notices(request.actor, **filters, **cursors), **filters,
        "areas_shown": _areas(request.actor, filters["unread"]),
    }  # fmt: skip
    return render(request, "notify/list.html", context)


def _current(request) -> str:
    """The page under which the panel hangs, where its form leads back to; "" where the header names none."""
    try:
        return urlsplit(request.headers.get("HX-Current-URL", "")).path
    except ValueError:
        return ""


@page(permissions.VIEW)
def panel(request) -> HttpResponse:
    """The newest notices, under the bell."""
    return render(request, "notify/panel.html", {"rows": queries.newest(request.actor), "back": _current(request)})


def _back(request) -> HttpResponse:
    """To where the form was sent from, within Frontdesk."""
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()})
    return redirect(target if safe and target.startswith("/") else reverse(LIST))


@page(permissions.VIEW, obj="notice")
def show(request, notice_id: UUID) -> HttpResponse:
    """Go to what a notice is about; it is read then, unless somebody looks through its reader's eyes."""
    notice = access.get_notice(request.actor, notice_id)
    row = queries.row(notice, request.actor)
    if request.actor.viewer is None:
        actions.read_notice(request.actor, notice)
    return redirect(row.wording.href or LIST)


@page(permissions.READ, obj="notice", methods=("POST",))
def read(request, notice_id: UUID) -> HttpResponse:
    """Mark one as read."""
    actions.read_notice(request.actor, access.get_notice(request.actor, notice_id))
    return _back(request)


@page(permissions.READ, methods=("POST",))
def read_all(request) -> HttpResponse:
    """Mark all as read, or those of an area."""
    actions.read_all(request.actor, request.POST.get("area", ""))
    return _back(request)
