"""The list of clients, its export, and adding one."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from frontdesk.accounts.access import get_member
from frontdesk.core.errors import Invalid
from frontdesk.core.http import page
from frontdesk.core.text import gettext as _
from frontdesk.ui.flash import flash

from .. import actions, columns, permissions, queries
from ..custom import values as own_values
from ..custom.models import CustomField
from ..custom.values import fields_in_use
from ..exports import export_response
from ..forms import NewClientForm
from ..models import Kind
from ..saved import actions as saved
from ..saved.views import address_of
from ..values import typed_normals
from .filters import (
    ALL,
    chips_of,
    choices_of,
    column_choices,
    list_address,
    own_chips,
    own_filters,
    read_columns,
    read_filters,
    sort_choices,
    status_segments,
    view_choices,
)


def _page_of(request, filters: queries.Filters, sort: str, fields: list[CustomField]):
    found = queries.list_clients(
        request.actor, filters, sort=sort, after=request.GET.get("after", ""), before=request.GET.get("before", "")
    )
    return found, columns.chosen(read_columns(request) or list(columns.USUAL), fields)


@page(permissions.VIEW)
def client_list(request):
    """The list: searched, filtered, sorted, paged by key; without an address of its own, as one's default view."""
    views = saved.views_of(request.actor)
    default = saved.default_of(request.actor, views)
    if default and not request.GET:
        return redirect(address_of(default))
    filters, sort, fields = read_filters(request), request.GET.get("sort") or "name", fields_in_use()
    try:
        found, shown = _page_of(request, filters, sort, fields)
    except Invalid:
        return redirect(reverse("clients:list") + f"?view={ALL}")
    choices, own = choices_of(request.actor), own_filters(filters, fields)
    usual = tuple(column.key for column in shown) == columns.USUAL

    def address(**changes) -> str:
        return list_address(request, **changes)

    context = {
        "here": "clients",
        "found": found,
        "filters": filters,
        "sort": sort,
        "sorts": sort_choices(),
        "segments": status_segments(request, request.actor, filters.status),
        "newer": address(before=found.before) if found.before else "",
        "older": address(after=found.after) if found.after else "",
        "chips": [*chips_of(filters, choices), *own_chips(filters, own)],
        "own": own,
        "tags": choices["tag"],
        "team": choices["assigned"],
        "kinds": choices["kind"],
        "bulk_query": urlencode(filters.active()),
        "address": address,
        "columns": [] if usual else shown,
        "own_value": lambda field, values: own_values.shown(field, values.get(str(field.pk))),
        "kind_labels": dict(Kind.choices),
        "column_choices": column_choices(shown, fields),
        **view_choices(request.actor, views, request.GET.get("view", "")),
    }
    return render(request, "clients/list.html", context)


@page(permissions.EXPORT)
def client_export(request, format):
    """The clients under the filters, in their order and with the chosen columns, as csv or xlsx."""
    try:
        return export_response(
            request.actor,
            read_filters(request),
            format,
            keys=read_columns(request),
            sort=request.GET.get("sort") or "name",
        )
    except Invalid:
        return redirect("clients:list")


@page(permissions.ADD)
def duplicates(request):
    """A hint, while one types, at clients with the same e-mail address or phone number."""
    values = [value for name, value in request.GET.items() if name.endswith("-value") or name == "value"]
    found = queries.possible_duplicates(request.actor, typed_normals(values, request.actor.account.country))
    return render(request, "clients/parts/duplicates.html", {"duplicates": found})


def _duplicates_of(actor, form: NewClientForm) -> list[queries.Duplicate]:
    contact = form.typed().contact
    values = [point.value for point in contact.emails + contact.phones]
    return queries.possible_duplicates(actor, typed_normals(values, actor.account.country))


@page(permissions.ASSIGN, obj="member")
def served(request, member_id):
    """Whom a member of the team serves, for their page; the whole list is one filter away."""
    member = get_member(request.actor, member_id)
    found = queries.list_clients(request.actor, queries.Filters(assigned=str(member.pk)), limit=10)
    return render(request, "clients/parts/served.html", {"member": member, "found": found})


def _create(request, form: NewClientForm):
    """The new client, or the duplicates to show first, or neither when something was refused."""
    if not form.is_valid():
        return None, []
    seen = form.cleaned_data["confirmed"]
    similar = [] if seen else _duplicates_of(request.actor, form)
    if similar:
        return None, similar
    try:
        return actions.create_client(request.actor, form.typed()), []
    except Invalid as refused:
        form.refuse(refused)
        return None, []


@page(permissions.ADD, methods=("GET", "POST"))
def client_new(request):
    """Add a client."""
    form = NewClientForm(request.POST if request.method == "POST" else None, fields=fields_in_use())
    created, similar = _create(request, form) if request.method == "POST" else (None, [])
    if created:
        flash(request, _("%(name)s was added.", name=created.name))
        if "another" in request.POST:
            return redirect("clients:new")
        return redirect(reverse("clients:show", args=[created.pk]))
    context = {"here": "clients", "form": form, "duplicates": similar, "tags": queries.all_tags()}
    return render(request, "clients/new.html", context, status=422 if request.method == "POST" else 200)
