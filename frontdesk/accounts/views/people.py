"""The directory, and adding people."""

from collections.abc import Iterator

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from frontdesk.core.http import page
from frontdesk.core.tables.writing import csv_chunks
from frontdesk.core.text import gettext as _
from frontdesk.ui.flash import flash

from .. import access, actions, mails, permissions, queries
from ..forms.people import PeopleFilterForm, PersonForm
from ..models import Member
from ..registry import people_filters

FILTERS = ("role", "status", "q", "sort", "away")


def _labels() -> dict[str, str]:
    return {
        "": _("Everyone"), "admin": _("Admins"), "staff": _("Staff"), "coworker": _("%(Coworkers)s"),
        "client": _("%(Clients)s"), "guest": _("Guests"),
    }  # fmt: skip


def _address(request, **changed: str) -> str:
    kept = {key: request.GET.get(key, "") for key in (*FILTERS, *_more(request))} | changed
    return "?" + urlencode({key: value for key, value in kept.items() if value})


def _segments(request) -> list[dict]:
    return [{"key": key, "label": label, "href": _address(request, role=key)} for key, label in _labels().items()]


def _filters(request) -> queries.PeopleFilters:
    role, *others = (request.GET.get(key, "") for key in FILTERS)
    return queries.PeopleFilters(role, *others, more=_more(request))


def _more(request) -> dict[str, str]:
    """What was chosen in the filters of other domains."""
    return {one.key: request.GET.get(one.key, "")[:100] for one in people_filters}


def _more_filters(request) -> list[dict]:
    """The filters of other domains that offer a choice."""
    found = [(one, one.choices(request.actor)) for one in people_filters]
    return [
        {"key": one.key, "value": request.GET.get(one.key, ""), "choices": [("", str(one.any)), *choices]}
        for one, choices in found if choices
    ]  # fmt: skip


def _may_switch(actor, member: Member) -> bool:
    return member.pk != actor.pk and access.may_manage(actor, member)


def _csv_rows(found) -> Iterator[list]:
    for person in found:
        one = person.member
        username = (one.user.username if one.user else "") or ""
        yield [one.name, str(one.get_role_display()), person.state, one.email, one.phone, username, one.created_at]


@page(permissions.VIEW)
def people_export(request) -> HttpResponse:
    """The people under the filters as csv."""
    found = actions.export_people(request.actor, _filters(request))
    headings = [_("Name"), _("Role"), _("Status"), _("E-mail"), _("Phone"), _("Username"), _("Member since")]
    answer = HttpResponse(b"".join(csv_chunks(headings, _csv_rows(found))), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="people.csv"'
    return answer


@page(permissions.VIEW)
def people(request) -> HttpResponse:
    """Everyone of the account, by role."""
    form = PeopleFilterForm(request.GET)
    typed = {key: request.GET.get(key, "") for key in FILTERS}
    typed["more"] = any(_more(request).values())
    found = queries.people(
        request.actor, _filters(request), after=request.GET.get("after", ""), before=request.GET.get("before", "")
    )
    context = {
        "here": "people", "form": form, "typed": typed, "more_filters": _more_filters(request),
        "people": found.rows, "segments": _segments(request),
        "here_address": request.get_full_path(), "export": reverse("accounts:people_export") + _address(request),
        "managed": {one.member.pk for one in found.rows if _may_switch(request.actor, one.member)},
        "newer": _address(request, before=found.before) if found.before else "",
        "older": _address(request, after=found.after) if found.after else "",
    }  # fmt: skip
    return render(request, "accounts/people.html", context)


def _add(actor, form: PersonForm, data: dict) -> tuple[Member, dict]:
    """The new member, and what is shown once: a link or a password."""
    person = form.person(data)
    if data["method"] == "welcome":
        return actions.create_member(actor, person, welcome=True)[0], {}
    if data["method"] == "password":
        member, password = actions.create_member(actor, person)
        return member, {"password": password, "login": person.username or person.email}
    member = actions.invite_member(actor, person, mail=data["method"] == "mail")
    return member, {} if data["method"] == "mail" else {"link": actions.issue_link(actor, member)}


@page(permissions.MANAGE, methods=("GET", "POST"))
def person_new(request) -> HttpResponse:
    """Invite a colleague, or give them a link or a temporary password."""
    form = PersonForm(request.POST or None, initial={"method": "mail" if mails.configured() else "link"})
    if request.method == "POST" and form.run(lambda data: _add(request.actor, form, data)):
        member, once = form.result
        if once:
            return show_once(request, member, once)
        said = _("The mail is on its way to %(email)s.", email=member.email)
        flash(request, said)
        return redirect("accounts:member", member.pk)
    context = {"here": "people", "form": form, "mail": mails.configured()}
    return render(request, "accounts/person_new.html", context, status=422 if form.is_bound else 200)


def show_once(request, member: Member, once: dict) -> HttpResponse:
    """A page with a secret that is never shown again, so it is not kept by caches or the browser."""
    response = render(request, "accounts/once.html", {"here": "people", "member": member, **once})
    response.headers["Cache-Control"] = "no-store"
    return response
