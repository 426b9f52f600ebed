"""REST: inquiry forms, and what came by them."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from frontdesk.accounts.mails import absolute
from frontdesk.core.rest.answers import answer
from frontdesk.core.rest.operation import operation
from frontdesk.core.rest.schemas import Input, Paging, Schema
from frontdesk.ui.jinja import url
from frontdesk.undo.shapes import ChangeOut, change_out

from . import access, actions, permissions, queries
from .models import Inquiry, InquiryForm

router = Router(tags=["Inquiries"])
ONE = "/inquiry-forms/{uuid:form_id}"
Asked = Literal["no", "optional", "required"]


class FormTexts(Input):
    """Own texts in one language; what is empty is the text that comes with Frontdesk."""

    title: str = Field("", max_length=400)
    introduction: str = Field("", max_length=4000)
    consent: str = Field("", max_length=4000)
    thanks: str = Field("", max_length=4000)
    topics: str = Field("", max_length=4000, description="One a line, in the order of the form's topics.")


class InquiryFormIn(Input):
    """A new form. `texts` maps a language to texts, `sites` are origins that may embed it (none: any may).

    `hue` is one of eight colours, 1 to 8, or 0.
    """

    name: str = Field(max_length=400)
    email: Asked = "optional"
    phone: Asked = "optional"
    photos: bool = False
    topics: list[str] = Field([], max_length=100)
    texts: dict[str, FormTexts] = Field({}, max_length=20)
    sites: list[str] = Field([], max_length=100)
    listed: bool = False
    hue: int = 0
    team: UUID | None = None


class InquiryFormPatch(Input):
    """What changes; the rest stays. `team` null leaves it to the rule of the inbox."""

    name: str | None = Field(None, max_length=400)
    email: Asked | None = None
    phone: Asked | None = None
    photos: bool | None = None
    topics: list[str] | None = Field(None, max_length=100)
    texts: dict[str, FormTexts] | None = Field(None, max_length=20)
    sites: list[str] | None = Field(None, max_length=100)
    listed: bool | None = None
    hue: int | None = None
    team: UUID | None = None
    enabled: bool | None = None


class InquiryFormOut(Schema):
    """A form with its public address, and the address of the script that embeds it."""

    id: UUID
    name: str
    enabled: bool
    address: str
    script: str
    email: str
    phone: str
    photos: bool
    topics: list[str]
    texts: dict[str, dict[str, str]]
    sites: list[str]
    listed: bool
    hue: int
    team: UUID | None


class InquiryFormRows(Schema):
    """All forms, by name."""

    data: list[InquiryFormOut]


class InquiryOut(Schema):
    """What somebody sent; the message itself is in the client's conversation. `form` is null when it was deleted."""

    id: UUID
    client_id: UUID
    form: UUID | None
    at: datetime
    language: str
    topic: str
    consent: str
    suspected: bool
    marks: list[str]


class InquiryRows(Schema):
    """Newest first; `next` is the `after` of the following page, null on the last."""

    data: list[InquiryOut]
    next: str | None


class InquiryQuery(Paging):
    """Which page of which form's inquiries; of all forms without one."""

    form: UUID | None = None


OWN = ("id", "name", "enabled", "email", "phone", "photos", "topics", "texts", "sites", "listed", "hue")


def _form_out(form: InquiryForm) -> dict:
    address = access.address_of(form)
    places = {"address": absolute(url("inquiries:ask", address)), "script": absolute(url("inquiries:embed", address))}
    return {**{name: getattr(form, name) for name in OWN}, **places, "team": form.team_id}


def _inquiry_out(row: Inquiry) -> dict:
    own = {name: getattr(row, name) for name in InquiryOut.model_fields if name != "form"}
    return {**own, "form": row.form_id}


@operation(
    router, "GET", "/inquiry-forms", right=permissions.VIEW, answer=InquiryFormRows, summary="List inquiry forms"
)
def list_inquiry_forms(request):
    """All forms; there are at most 50."""
    return answer({"data": [_form_out(row) for row in queries.forms(request.actor)]})


@operation(
    router, "POST", "/inquiry-forms", right=permissions.MANAGE, answer=InquiryFormOut, status=201,
    summary="Add an inquiry form",
)  # fmt: skip
def add_inquiry_form(request, body: InquiryFormIn):
    """It is open at once."""
    return answer(_form_out(actions.add_form(request.actor, actions.FormInput(**body.dict()))), 201)


@operation(
    router, "GET", ONE, right=permissions.VIEW, obj="inquiry_form", answer=InquiryFormOut,
    summary="Show an inquiry form",
)  # fmt: skip
def show_inquiry_form(request, form_id: UUID):
    """One form."""
    return answer(_form_out(access.get_form(request.actor, form_id)))


@operation(
    router, "PATCH", ONE, right=permissions.MANAGE, obj="inquiry_form", answer=InquiryFormOut,
    summary="Change an inquiry form",
)  # fmt: skip
def change_inquiry_form(request, form_id: UUID, body: InquiryFormPatch):
    """What it asks and says, where it may be embedded, and with `enabled` whether it takes anything."""
    form = access.get_form(request.actor, form_id)
    given = {
        name: value for name, value in body.dict(exclude_unset=True).items() if name == "team" or value is not None
    }
    enabled = given.pop("enabled", form.enabled)
    kept = {name: getattr(form, name) for name in OWN if name not in ("id", "enabled")}
    actions.change_form(request.actor, form, actions.FormInput(**{**kept, "team": form.team_id, **given}))
    return answer(_form_out(actions.switch(request.actor, form, enabled)))


@operation(
    router, "DELETE", ONE, right=permissions.MANAGE, obj="inquiry_form", answer=ChangeOut,
    summary="Delete an inquiry form",
)  # fmt: skip
def delete_inquiry_form(request, form_id: UUID):
    """What came by it stays. The answer is a change that can be undone for thirty days."""
    change = actions.delete_form(request.actor, access.get_form(request.actor, form_id))
    return answer(change_out(request.actor, change))


@operation(router, "GET", "/inquiries", right=permissions.VIEW, answer=InquiryRows, summary="List inquiries")
def list_inquiries(request, query: Query[InquiryQuery]):
    """What came by the forms, with the consent that was given."""
    found = queries.inquiries(request.actor, query.form, after=query.after, limit=query.limit)
    return answer({"data": [_inquiry_out(row) for row in found.rows], "next": found.after})
