"""The list of clients, its export, and adding one."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from frontdesk.accounts import queries as people
from frontdesk.accounts.access import get_member
from frontdesk.core.errors import Invalid
from frontdesk.core.http import page
from frontdesk.core.text import gettext as _
from frontdesk.ui.flash import flash

from .. import actions, permissions, queries
from ..custom.models import FieldKind
from ..custom.values import fields_in_use
from ..exports import export_response
from ..forms import NewClientForm
from ..models import Kind, Status
from ..values import typed_normals


def read_filters(request) -> queries.Filters:
    """The filters in an address."""
    given = {name: request.GET.get(name, "")[:200] for name in vars(queries.Filters())}
    chosen = [f"{key[7:]}:{value}" for key, value in request.GET.items() if key.startswith("custom.") and value]
    given["custom"] = ",".join(filter(None, (request.GET.get("custom", ""), *chosen)))[:1000]
    return queries.Filters(**given)


def sort_choices() -> list[tuple[str, str]]:
    """The orders on offer, translated."""
    return [
        ("name", _("Name, A to Z")),
        ("-name", _("Name, Z to A")),
        ("newest", _("Newest first")),
        ("oldest", _("Oldest first")),
        ("changed", _("Recently changed")),
    ]


def _address(request, **changes) -> str:
    """This list's address with some parameters changed; a change of filter starts at the first page."""
    kept = {key: value for key, value in request.GET.items() if key not in ("after", "before") and value}
    kept = {key: value for key, value in kept.items() if not key.startswith("custom.")}
    kept["custom"] = read_filters(request).custom
    kept |= changes
    query = urlencode({key: value for key, value in kept.items() if value})
    return request.path + ("?" + query if query else "")


def status_segments(request, actor, current: str) -> list[dict]:
    """The counters above the list; each leads to the list of that status."""
    counts = queries.status_counts(actor)
    labels = [("", "all", _("All"))] + [(value, value, label) for value, label in Status.choices]
    return [
        {"key": key, "label": label, "href": _address(request, status=key), "count": counts[name]}
        for key, name, label in labels
    ]


def _own_filters(filters: queries.Filters) -> list[dict]:
    """The own fields that the panel filters by: their choices, and the one in use."""
    chosen = dict(pair.split(":", 1) for pair in filters.custom.split(",") if ":" in pair)
    made = []
    for field in fields_in_use():
        if field.kind == FieldKind.CHOICE:
            choices = [(option["id"], option["label"]) for option in field.offered]
        elif field.kind == FieldKind.YES_NO:
            choices = [("yes", _("Yes")), ("no", _("No"))]
        else:
            continue
        value = chosen.get(str(field.pk), "")
        made.append({"id": str(field.pk), "label": field.label, "choices": choices, "value": value})
    return made


def _own_chips(filters: queries.Filters, own: list[dict]) -> list[tuple]:
    """As `_chips`, of own fields; the last part is what the parameter is without the filter."""
    pairs = filters.custom.split(",")
    chips = []
    for field in own:
        if field["value"]:
            rest = ",".join(pair for pair in pairs if not pair.startswith(field["id"]))
            said = dict(field["choices"]).get(field["value"], field["value"])
            chips.append((field["label"], said, "custom", rest))
    return chips


def _chips(filters: queries.Filters, choices: dict[str, list[tuple]]) -> list[tuple]:
    """(label, value, parameter, "") of every filter of the panel that is in use."""
    labels = {
        "assigned": _("Served by"),
        "tag": _("Tag"),
        "kind": _("Kind"),
        "mobile": _("Mobile number"),
        "portal": _("Portal"),
    }
    said = {"none": _("Nobody yet"), "yes": _("Yes"), "no": _("No")}
    chips = []
    for name, label in labels.items():
        value = getattr(filters, name)
        if value:
            chips.append((label, dict(choices.get(name, [])).get(value) or said.get(value, "?"), name, ""))
    return chips


def _choices(actor) -> dict[str, list[tuple]]:
    """What the filter panel offers."""
    team = people.team(actor.account) if actor.is_office else []
    return {
        "assigned": [(str(member.pk), member.name) for member in team],
        "tag": [(str(tag.pk), tag.name) for tag in queries.all_tags()],
        "kind": Kind.choices,
    }


@page(permissions.VIEW)
def client_list(request):
    """The list: searched, filtered, sorted, paged by key."""
    filters, sort = read_filters(request), request.GET.get("sort") or "name"
    try:
        found = queries.list_clients(
            request.actor, filters, sort=sort, after=request.GET.get("after", ""), before=request.GET.get("before", "")
        )
    except Invalid:
        return redirect("clients:list")
    choices, own = _choices(request.actor), _own_filters(filters)
    context = {
        "here": "clients",
        "found": found,
        "filters": filters,
        "sort": sort,
        "sorts": sort_choices(),
        "segments": status_segments(request, request.actor, filters.status),
        "newer": _address(request, before=found.before) if found.before else "",
        "older": _address(request, after=found.after) if found.after else "",
        "chips": [*_chips(filters, choices), *_own_chips(filters, own)],
        "own": own,
        "tags": choices["tag"],
        "team": choices["assigned"],
        "kinds": choices["kind"],
        "bulk_query": urlencode(filters.active()),
        "address": lambda **changes: _address(request, **changes),
    }
    return render(request, "clients/list.html", context)


@page(permissions.EXPORT)
def client_export(request, format):
    """The clients under the filters as csv or xlsx."""
    try:
        return export_response(request.actor, read_filters(request), format)
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
