"""The pages of webhooks, in the settings."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from frontdesk.activity.settings_layout import pages_of
from frontdesk.core.errors import Invalid
from frontdesk.core.forms import show_refusal
from frontdesk.core.http import page
from frontdesk.core.text import gettext as _
from frontdesk.ui.flash import flash

from . import access, actions, queries
from .forms import EndpointForm
from .permissions import MANAGE, VIEW
from .wording import error_text


def _render(request, template: str, context: dict, status: int = 200) -> HttpResponse:
    context = {**context, "settings_pages": pages_of(request.actor), "section": "webhooks", "here": "settings"}
    return render(request, f"webhooks/{template}", context, status=status)


def _show(request, endpoint, **context) -> HttpResponse:
    cursors = {name: request.GET.get(name, "") for name in ("after", "before")}
    found = queries.deliveries(endpoint, **cursors)
    response = _render(
        request, "show.html", {"endpoint": endpoint, "found": found, "error_text": error_text, **context}
    )
    if "secret" in context:
        response.headers["Cache-Control"] = "no-store"
    return response


@page(VIEW)
def listed(request) -> HttpResponse:
    """The account's webhooks."""
    return _render(request, "list.html", {"endpoints": queries.endpoints(request.actor)})


@page(MANAGE, methods=("GET", "POST"))
def new(request) -> HttpResponse:
    """Set one up; its secret is shown once."""
    form = EndpointForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made, secret = actions.add_endpoint(request.actor, **form.values())
            return _show(request, made, secret=secret)
        except Invalid as refused:
            _refuse(form, refused)
    return _render(request, "edit.html", {"form": form}, 422 if form.is_bound else 200)


def _refuse(form: EndpointForm, refused: Invalid) -> None:
    """Show reasons beside the fields of the form; kinds are its parts."""
    show_refusal(form, Invalid({{"kinds": "parts"}.get(name, name): said for name, said in refused.errors.items()}))


@page(VIEW, obj="webhook")
def show(request, endpoint_id: UUID) -> HttpResponse:
    """One webhook with the log of its messages."""
    return _show(request, access.get_endpoint(request.actor, endpoint_id))


@page(MANAGE, obj="webhook", methods=("GET", "POST"))
def edit(request, endpoint_id: UUID) -> HttpResponse:
    """Change one."""
    endpoint = access.get_endpoint(request.actor, endpoint_id)
    form = EndpointForm(request.POST if request.method == "POST" else None, endpoint=endpoint)
    if form.is_valid():
        try:
            actions.change_endpoint(request.actor, endpoint, **form.values())
            return redirect("webhooks:show", endpoint.pk)
        except Invalid as refused:
            _refuse(form, refused)
    return _render(request, "edit.html", {"form": form, "endpoint": endpoint}, 422 if form.is_bound else 200)


@page(MANAGE, obj="webhook", methods=("POST",))
def switch(request, endpoint_id: UUID) -> HttpResponse:
    """Switch one on or off."""
    endpoint = access.get_endpoint(request.actor, endpoint_id)
    actions.switch_endpoint(request.actor, endpoint, on=request.POST.get("on") == "yes")
    flash(request, _("The webhook is on.") if endpoint.is_on else _("The webhook is off."))
    return redirect("webhooks:show", endpoint.pk)


@page(MANAGE, obj="webhook", methods=("POST",))
def rotate(request, endpoint_id: UUID) -> HttpResponse:
    """A new secret, shown once."""
    endpoint = access.get_endpoint(request.actor, endpoint_id)
    return _show(request, endpoint, secret=actions.rotate_secret(request.actor, endpoint))


@page(MANAGE, obj="webhook", methods=("POST",))
def test(request, endpoint_id: UUID) -> HttpResponse:
    """Send a test message."""
    endpoint = access.get_endpoint(request.actor, endpoint_id)
    actions.send_test(request.actor, endpoint)
    flash(request, _("A test message is on its way; reload in a moment to see its answer."))
    return redirect("webhooks:show", endpoint.pk)


@page(MANAGE, obj="webhook", methods=("POST",))
def remove(request, endpoint_id: UUID) -> HttpResponse:
    """Forget one."""
    actions.remove_endpoint(request.actor, access.get_endpoint(request.actor, endpoint_id))
    flash(request, _("The webhook was removed."))
    return redirect("webhooks:list")


@page(MANAGE, obj="delivery", methods=("POST",))
def retry(request, endpoint_id: UUID, delivery_id: UUID) -> HttpResponse:
    """Send a message again."""
    endpoint = access.get_endpoint(request.actor, endpoint_id)
    actions.retry_delivery(request.actor, endpoint, access.get_delivery(endpoint, delivery_id))
    flash(request, _("The message is sent again."))
    return redirect("webhooks:show", endpoint.pk)
