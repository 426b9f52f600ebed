"""The pages of channels, in the settings."""

from dataclasses import dataclass
from itertools import groupby

from django.conf import settings as installation
from django.http import HttpResponse
from django.shortcuts import redirect, render

from frontdesk.activity.settings_layout import pages_of
from frontdesk.core.errors import Invalid
from frontdesk.core.http import page
from frontdesk.core.text import gettext as _
from frontdesk.ui.flash import flash, flash_refusal

from .. import access, actions, hooks, queries
from ..fields import CHOICE, NUMBER, SWITCH, Field, defaults
from ..models import ChannelSettings
from ..permissions import CONFIGURE, VIEW
from ..registry import Channel


@dataclass(frozen=True)
class Shown:
    """A setting as its page draws it."""

    field: Field
    value: object
    is_set: bool
    errors: list[str]

    @property
    def kind(self) -> str:
        """The control."""
        return {CHOICE: "select", SWITCH: "checkbox"}.get(self.field.kind, "input")

    @property
    def type(self) -> str:
        """The type of an input."""
        return "password" if self.field.is_secret else "number" if self.field.kind == NUMBER else "text"


def frame(request, section: str) -> dict:
    """What the settings' layout needs."""
    return {"settings_pages": pages_of(request.actor), "section": section, "here": "settings"}


def _secrets(row: ChannelSettings | None) -> set[str]:
    try:
        return set(row.opened()) if row else set()
    except ValueError:
        return set()


def _shown(known: Channel, row: ChannelSettings | None, posted: dict, errors: dict) -> list[tuple[str, list[Shown]]]:
    """The settings by group, with what was typed where it was refused."""
    values = {**defaults(known.fields), **(row.config if row else {}), **posted}
    sealed = _secrets(row)
    drawn = [
        Shown(one, "" if one.is_secret else values.get(one.key, ""), one.key in sealed, errors.get(one.key, []))
        for one in known.fields
    ]
    return [(group, list(rows)) for group, rows in groupby(drawn, key=lambda one: str(one.field.group))]


def _render(request, known: Channel, status: int = 200, posted=None, errors=None) -> HttpResponse:
    row = access.settings_of(request.actor, known)
    context = frame(request, "channels") | {
        "channel": known, "health": queries.health(known, row), "settings": row,
        "groups": _shown(known, row, posted or {}, errors or {}), "refused": errors or {},
        "tested": queries.last_test(known),
        "hook_address": lambda name: hooks.address(row, name) if row and request.actor.may(CONFIGURE) else "",
        "is_public": installation.PUBLIC_URL.startswith("https://"), "reason_text": queries.reason_text,
        "test_to": known.test_to(request.actor), **known.more(row),
    }  # fmt: skip
    return render(request, "channels/channel.html", context, status=status)


@page(VIEW)
def listed(request) -> HttpResponse:
    """All channels and how they are."""
    return render(
        request, "channels/list.html", frame(request, "channels") | {"rows": queries.all_health(request.actor)}
    )


@page(VIEW)
def channel(request, channel: str) -> HttpResponse:
    """One channel: what is missing, its settings, and what went wrong."""
    return _render(request, access.get_channel(request.actor, channel))


def _posted(request, known: Channel) -> tuple[dict, dict]:
    """(config, secrets) of a form: a switch that is not sent is off, an empty secret stays."""
    config = {
        one.key: one.key in request.POST if one.kind == SWITCH else request.POST[one.key]
        for one in known.fields
        if not one.is_secret and (one.kind == SWITCH or one.key in request.POST)
    }
    secrets = {one.key: request.POST.get(one.key, "") for one in known.fields if one.is_secret}
    return config, {key: None if f"forget-{key}" in request.POST else text for key, text in secrets.items()}


@page(CONFIGURE, methods=("POST",))
def save(request, channel: str) -> HttpResponse:
    """Change the settings; refused ones come back with what was typed, but for secrets."""
    known = access.get_channel(request.actor, channel)
    config, secrets = _posted(request, known)
    try:
        row = actions.configure(request.actor, known, config, secrets)
    except Invalid as refused:
        return _render(request, known, 422, config, refused.errors)
    flash(request, " ".join(filter(None, (_("Saved."), known.missing(row)))))
    return redirect("channels:channel", known.key)


@page(CONFIGURE, methods=("POST",))
def switch(request, channel: str) -> HttpResponse:
    """Switch a channel on or off."""
    known = access.get_channel(request.actor, channel)
    row = actions.configure(request.actor, known, {}, enabled=request.POST.get("on") == "yes")
    flash(request, _("The channel is on.") if row.enabled else _("The channel is off."))
    return redirect("channels:channel", known.key)


@page(CONFIGURE, methods=("POST",))
def test(request, channel: str) -> HttpResponse:
    """Send a message to oneself."""
    known = access.get_channel(request.actor, channel)
    try:
        actions.send_test(request.actor, known, request.POST.get("to", ""))
    except Invalid as refused:
        flash_refusal(request, refused)
    else:
        flash(request, _("A test message is on its way. Its result appears here in a moment."))
    return redirect("channels:channel", known.key)


@page(CONFIGURE, methods=("POST",))
def address(request, channel: str) -> HttpResponse:
    """Make the addresses for the provider anew."""
    known = access.get_channel(request.actor, channel)
    actions.new_address(request.actor, known)
    flash(request, _("The addresses were made anew. Give them to your provider."))
    return redirect("channels:channel", known.key)
