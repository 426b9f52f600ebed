"""Pages of saved replies: the list, writing one, and choosing one for a message."""

import re
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from frontdesk.activity.sentences import as_uuid
from frontdesk.activity.settings_layout import pages_of
from frontdesk.core.errors import Invalid
from frontdesk.core.forms import show_refusal
from frontdesk.core.http import page
from frontdesk.core.text import gettext as _
from frontdesk.messaging import actions as messages
from frontdesk.messaging import queries as threads
from frontdesk.messaging.forms import wants_part
from frontdesk.ui.flash import flash

from .. import permissions
from ..access import get_conversation, writable
from ..placeholders import Filled, placeholders
from . import access, actions, queries
from .forms import EVERYBODY, MINE, SavedForm, initial_of
from .models import SavedReply


def _render(request, template: str, context: dict, status: int = 200) -> HttpResponse:
    frame = {"here": "settings", "section": "saved", "settings_pages": pages_of(request.actor)}
    return render(request, f"conversations/saved/{template}", {**frame, **context}, status=status)


@page(permissions.SAVED)
def saved(request) -> HttpResponse:
    """The replies that one may use, by name."""
    query = request.GET.get("q", "")
    try:
        found = queries.saved_replies(request.actor, query=query, after=request.GET.get("after", ""))
    except Invalid:
        found = queries.saved_replies(request.actor, query=query)
    own = {one.pk for one in found.rows if access.may_edit(request.actor, one)}
    return _render(request, "list.html", {"replies": found, "query": query, "editable": own})


def _form_page(request, verb, initial: dict, back: str, reply: SavedReply | None = None) -> HttpResponse:
    """The form; `preview` shows the text for a client, without saving."""
    form = SavedForm(request.POST if request.method == "POST" else None, initial=initial, actor=request.actor)
    example = None
    if form.is_bound and form.is_valid():
        typed = actions.SavedInput(**form.values())
        try:
            if "preview" in request.POST:
                example = queries.example(request.actor, actions.checked_text(typed))
            else:
                verb(typed)
                flash(request, _("Saved."))
                return redirect(back)
        except Invalid as refused:
            show_refusal(form, refused)
    context = {
        "form": form, "reply": reply, "back": back, "placeholders": list(placeholders), "example": example,
        "marked": marked,
    }  # fmt: skip
    return _render(request, "edit.html", context, 422 if form.is_bound and example is None else 200)


def _draft_text(actor, conversation_id: UUID) -> str:
    """What the actor has begun to write in a conversation."""
    draft = threads.draft_of(actor, get_conversation(actor, conversation_id, permissions.REPLY).thread)
    return draft.body if draft else ""


@page(permissions.SAVED_OWN, methods=("GET", "POST"))
def saved_new(request) -> HttpResponse:
    """Write one; `of` names the conversation whose begun text it takes up."""
    of = as_uuid(request.GET.get("of", ""))
    text = _draft_text(request.actor, of) if of else ""
    back = reverse("conversations:show", args=[of]) if of else reverse("conversations:saved")
    shared = EVERYBODY if request.actor.may(permissions.SAVED_SHARED) and not of else MINE
    initial = {"text": text, "who": shared}
    return _form_page(request, lambda typed: actions.add_reply(request.actor, typed), initial, back)


@page(permissions.SAVED_OWN, obj="own_saved_reply", methods=("GET", "POST"))
def saved_edit(request, saved_reply_id: UUID) -> HttpResponse:
    """Change one."""
    found = access.editable(request.actor, saved_reply_id)
    back = reverse("conversations:saved")
    return _form_page(
        request, lambda typed: actions.change_reply(request.actor, found, typed), initial_of(found), back, found
    )


@page(permissions.SAVED_OWN, obj="own_saved_reply", methods=("POST",))
def saved_delete(request, saved_reply_id: UUID) -> HttpResponse:
    """Delete one, with a way back."""
    found = access.editable(request.actor, saved_reply_id)
    actions.delete_reply(request.actor, found)
    undo = reverse("conversations:saved_restore", args=[found.pk])
    flash(request, _("%(name)s was deleted.", name=found.name), undo=undo)
    return redirect("conversations:saved")


@page(permissions.SAVED_OWN, obj="own_saved_reply", methods=("POST",))
def saved_restore(request, saved_reply_id: UUID) -> HttpResponse:
    """Bring back what was just deleted."""
    actions.restore_reply(request.actor, access.restorable(request.actor, saved_reply_id))
    return redirect("conversations:saved")


def marked(filled: Filled) -> SafeString:
    """A filled-in text as HTML, in which the placeholders without a value stand out."""
    text = str(escape(filled.text))
    for name in filled.missing:
        text = re.sub(rf"\{{\s*{name}\s*\}}", rf"<mark>{{{name}}}</mark>", text)
    return mark_safe(text)


@page(permissions.REPLY, obj="conversation")
def saved_choose(request, conversation_id: UUID) -> HttpResponse:
    """Replies to choose from for a conversation, as they would be sent; a script gets the list alone."""
    found = get_conversation(request.actor, conversation_id, permissions.REPLY)
    query, way = request.GET.get("q", ""), request.GET.get("way", "")
    offers = queries.offered(request.actor, found, way=way, query=query)
    context = {
        "conversation": found, "offers": offers, "query": query, "way": way, "client": found.client,
        "marked": marked,
    }  # fmt: skip
    if wants_part(request):
        return render(request, "conversations/saved/offers.html", context)
    return _render(request, "choose.html", {**context, "here": "inbox"})


@page(permissions.REPLY, obj="offered_reply", methods=("POST",))
def saved_use(request, conversation_id: UUID, saved_reply_id: UUID) -> HttpResponse:
    """Note that one was chosen; without a script, go back to the form with its text."""
    found = writable(request.actor, conversation_id)
    reply = access.get_reply(request.actor, saved_reply_id)
    actions.note_use(request.actor, reply)
    if wants_part(request):
        return HttpResponse(status=204)
    address = reverse("conversations:show", args=[found.pk])
    return redirect(f"{address}?saved={reply.pk}#composer")


@page(permissions.REPLY, obj="conversation", methods=("POST",))
def saved_keep(request, conversation_id: UUID) -> HttpResponse:
    """Make what is being written a saved reply: it stays as it is, and is taken up in the form of a new one."""
    found = writable(request.actor, conversation_id)
    details = {name: value[:400] for name in ("way", "subject") if (value := request.POST.get(name, ""))}
    messages.save_draft(request.actor, found.thread, request.POST.get("body", ""), details=details)
    return redirect(reverse("conversations:saved_new") + f"?of={found.pk}")
