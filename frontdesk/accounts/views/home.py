"""The team's home page."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from markupsafe import Markup

from frontdesk.core import registry
from frontdesk.core.http import SIGNED_IN, page
from frontdesk.ui.formats import greeting
from frontdesk.ui.jinja import url_if

from .. import actions
from ..permissions import PROFILE_EDIT
from .going import back


def _sections(request) -> list[Markup]:
    """The domains' sections as HTML, each with what it loaded as its context."""
    loaded = [(item, item.load(request.actor)) for item in registry.home_sections]
    shown = [render_to_string(item.template, data, request) for item, data in loaded if data is not None]
    return [Markup(section) for section in shown]  # noqa: S704 our own templates escape what they fill in


def _quick_actions(actor) -> list[dict]:
    found = [(item, url_if(item.url_name)) for item in registry.visible(registry.quick_actions, actor)]
    return [{"label": item.label, "href": href, "icon": item.icon} for item, href in found if href]


@page(SIGNED_IN)
def home(request) -> HttpResponse:
    """Greeting, quick actions and what each domain shows; portal people go to the portal."""
    actor = request.actor
    if actor.is_portal and url_if("portal:home"):
        return redirect("portal:home")
    context = {
        "here": "home", "greeting": greeting(actor.name.split()[0]), "now": timezone.now(),
        "quick_actions": _quick_actions(actor), "sections": _sections(request),
    }  # fmt: skip
    return render(request, "accounts/home.html", context)


@page(PROFILE_EDIT, methods=("POST",))
def dismiss(request) -> HttpResponse:
    """Put a hint away."""
    actions.dismiss(request.actor, request.POST.get("key", "")[:40])
    return back(request)
