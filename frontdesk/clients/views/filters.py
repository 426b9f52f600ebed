"""What the page of the list shows around its rows: filters, chips, counters, columns, saved views."""

from django.utils.http import urlencode

from frontdesk.accounts import queries as people
from frontdesk.core.text import gettext as _
from frontdesk.core.text import pgettext as _p

from .. import columns, queries
from ..custom.models import CustomField, FieldKind
from ..models import Kind, Status
from ..saved import actions as saved
from ..saved.views import address_of

ALL = "all"


def read_columns(request) -> list[str]:
    """The keys of the columns in an address."""
    return columns.parse(request.GET.get("columns", "")[:1000]) or request.GET.getlist("column")[:100]


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


def list_address(request, **changes) -> str:
    """This list's address with some parameters changed; a change of filter starts at the first page."""
    kept = {key: value for key, value in request.GET.items() if key not in ("after", "before") and value}
    kept = {key: value for key, value in kept.items() if not key.startswith("custom.") and key != "column"}
    kept |= {"custom": read_filters(request).custom, "columns": ",".join(read_columns(request))}
    kept |= changes
    query = urlencode({key: value for key, value in kept.items() if value})
    return request.path + ("?" + query if query else "")


def status_segments(request, actor, current: str) -> list[dict]:
    """The counters above the list; each leads to the list of that status."""
    counts = queries.status_counts(actor)
    labels = [("", "all", _p("clients", "All"))] + [(value, value, label) for value, label in Status.choices]
    return [
        {"key": key, "label": label, "href": list_address(request, status=key), "count": counts[name]}
        for key, name, label in labels
    ]


def own_filters(filters: queries.Filters, fields: list[CustomField]) -> list[dict]:
    """The own fields that the panel filters by: their choices, and the one in use."""
    chosen = dict(pair.split(":", 1) for pair in filters.custom.split(",") if ":" in pair)
    made = []
    for field in fields:
        if field.kind == FieldKind.CHOICE:
            choices = [(option["id"], option["label"]) for option in field.offered]
        elif field.kind == FieldKind.YES_NO:
            choices = [("yes", _("Yes")), ("no", _("No"))]
        else:
            continue
        value = chosen.get(str(field.pk), "")
        made.append({"id": str(field.pk), "label": field.label, "choices": choices, "value": value})
    return made


def own_chips(filters: queries.Filters, own: list[dict]) -> list[tuple]:
    """As `chips_of`, of own fields; the last part is what the parameter is without the filter."""
    pairs = filters.custom.split(",")
    chips = []
    for field in own:
        if field["value"]:
            rest = ",".join(pair for pair in pairs if not pair.startswith(field["id"]))
            said = dict(field["choices"]).get(field["value"], field["value"])
            chips.append((field["label"], said, "custom", rest))
    return chips


def chips_of(filters: queries.Filters, choices: dict[str, list[tuple]]) -> list[tuple]:
    """(label, value, parameter, "") of every filter of the panel that is in use."""
    labels = {
        "assigned": _("Served by"),
        "tag": _("Tag"),
        "kind": _("Kind"),
        "mobile": _("Mobile number"),
        "portal": _("Portal"),
        "unsubscribed": _("Unsubscribed from all"),
    }
    said = {"none": _("Nobody yet"), "yes": _("Yes"), "no": _("No")}
    chips = []
    for name, label in labels.items():
        value = getattr(filters, name)
        if value:
            chips.append((label, dict(choices.get(name, [])).get(value) or said.get(value, "?"), name, ""))
    return chips


def choices_of(actor) -> dict[str, list[tuple]]:
    """What the filter panel offers."""
    team = people.team(actor.account) if actor.is_office else []
    return {
        "assigned": [(str(member.pk), member.name) for member in team],
        "tag": [(str(tag.pk), tag.name) for tag in queries.all_tags()],
        "kind": Kind.choices,
    }


def view_choices(actor, views: list, current: str) -> dict:
    """The saved views on offer and the one in use."""
    chosen = next((view for view in views if str(view.pk) == current), None)
    return {
        "views": [{"name": view.name, "href": address_of(view), "current": view is chosen} for view in views],
        "view": chosen,
        "view_changeable": chosen is not None and saved.may_change(actor, chosen),
        "view_key": str(chosen.pk) if chosen else ALL if saved.default_of(actor, views) else "",
    }


def column_choices(shown: list[columns.Column], fields: list[CustomField]) -> list[tuple]:
    """Every column with whether it is shown."""
    keys = {column.key for column in shown}
    return [(column.key, column.label, column.key in keys) for column in columns.offered(fields)]
