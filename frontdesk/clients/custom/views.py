"""The settings page of own fields."""

from django.shortcuts import redirect, render

from frontdesk.activity.settings_layout import pages_of
from frontdesk.core.errors import Invalid
from frontdesk.core.http import page
from frontdesk.core.text import gettext as _
from frontdesk.ui.flash import flash

from .. import permissions
from . import actions, values
from .forms import FieldForm
from .models import CustomField


def _frame(request, **more) -> dict:
    return {"here": "settings", "section": "client-fields", "settings_pages": pages_of(request.actor), **more}


@page(permissions.FIELDS)
def fields(request):
    """The account's own fields, in order; archived ones below."""
    found = values.all_fields()
    context = _frame(
        request,
        used=[field for field in found if not field.archived],
        archived=[field for field in found if field.archived],
    )
    return render(request, "clients/custom/fields.html", context)


def _field_page(request, found: CustomField | None):
    form = FieldForm(request.POST if request.method == "POST" else None, field=found)
    if request.method == "POST" and form.is_valid():
        try:
            if found is None:
                actions.add_field(request.actor, form.typed())
            else:
                actions.update_field(request.actor, found, form.typed())
        except Invalid as refused:
            form.refuse(refused)
        else:
            flash(request, _("Saved."))
            return redirect("clients:fields")
    context = _frame(request, form=form, field=found)
    return render(request, "clients/custom/field.html", context, status=422 if request.method == "POST" else 200)


@page(permissions.FIELDS, methods=("GET", "POST"))
def field_new(request):
    """Add a field."""
    return _field_page(request, None)


@page(permissions.FIELDS, obj="client_field", methods=("GET", "POST"))
def field_edit(request, field_id):
    """Change a field."""
    return _field_page(request, actions.get_field(request.actor, field_id))


@page(permissions.FIELDS, obj="client_field", methods=("POST",))
def field_move(request, field_id):
    """Move a field up or down."""
    found = actions.get_field(request.actor, field_id)
    actions.move_field(request.actor, found, -1 if request.POST.get("to") == "up" else 1)
    return redirect("clients:fields")


@page(permissions.FIELDS, obj="client_field", methods=("POST",))
def field_archive(request, field_id):
    """Take a field out of use, or back into it."""
    found = actions.get_field(request.actor, field_id)
    actions.archive_field(request.actor, found, archived=request.POST.get("archived") != "no")
    return redirect("clients:fields")
