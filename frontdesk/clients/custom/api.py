"""REST: the account's own fields of clients."""

from typing import Literal
from uuid import UUID

from ninja import Router
from pydantic import Field

from frontdesk.core.rest.answers import answer, no_content
from frontdesk.core.rest.operation import operation
from frontdesk.core.rest.schemas import Input, Schema

from .. import permissions
from . import actions, values
from .models import CustomField

router = Router(tags=["Own fields"])
FIELD = "/client-fields/{uuid:field_id}"
KindName = Literal["text", "number", "date", "choice", "yes_no"]


class OptionIn(Input):
    """A choice; with the `id` of one that is there, it is renamed."""

    label: str = Field(max_length=400)
    id: str = Field("", max_length=40)


class FieldIn(Input):
    """A field; `kind` counts only when it is added, `options` replace what was there."""

    label: str = Field(max_length=400)
    kind: KindName = "text"
    help: str = Field("", max_length=400)
    required: bool = False
    options: list[OptionIn] = Field([], max_length=200)

    def typed(self) -> actions.FieldInput:
        """The value that the verbs take."""
        options = [actions.OptionInput(one.label, one.id) for one in self.options]
        return actions.FieldInput(self.label, self.kind, self.help, self.required, options)


class OrderIn(Input):
    """The fields in their new order."""

    fields: list[UUID] = Field(max_length=200)


class ChoiceOut(Schema):
    """A choice; an archived one is no longer offered."""

    id: str
    label: str
    archived: bool


class FieldOut(Schema):
    """A field of the account's own; `id` is the key of its values in `custom` of a client."""

    id: UUID
    label: str
    help: str
    kind: KindName
    required: bool
    archived: bool
    options: list[ChoiceOut]


class FieldRows(Schema):
    """All of them, in order."""

    data: list[FieldOut]


def _out(field: CustomField) -> dict:
    names = ("id", "label", "help", "kind", "required", "archived", "options")
    return {name: getattr(field, name) for name in names}


@operation(router, "GET", "/client-fields", right=permissions.VIEW, answer=FieldRows, summary="List own fields")
def list_fields(request):
    """The account's own fields of clients, in order, archived ones too."""
    return answer({"data": [_out(field) for field in values.all_fields()]})


@operation(
    router, "POST", "/client-fields", right=permissions.FIELDS, answer=FieldOut, status=201, summary="Add an own field"
)
def add_field(request, body: FieldIn):
    """Add a field, as the last one."""
    return answer(_out(actions.add_field(request.actor, body.typed())), 201)


@operation(
    router, "PUT", "/client-fields/order", right=permissions.FIELDS, status=204, summary="Put own fields in order"
)
def order_fields(request, body: OrderIn):
    """Put the fields in this order; those left out come after."""
    actions.order_fields(request.actor, body.fields)
    return no_content()


@operation(
    router, "PUT", FIELD, right=permissions.FIELDS, obj="client_field", answer=FieldOut, summary="Change an own field"
)
def change_field(request, field_id: UUID, body: FieldIn):
    """Replace a field's name, help, choices and whether it must be filled in."""
    found = actions.get_field(request.actor, field_id)
    return answer(_out(actions.update_field(request.actor, found, body.typed())))


@operation(
    router, "POST", FIELD + "/archive", right=permissions.FIELDS, obj="client_field", answer=FieldOut,
    summary="Take an own field out of use",
)  # fmt: skip
def archive_field(request, field_id: UUID):
    """Take a field out of use; clients keep their values."""
    return answer(_out(actions.archive_field(request.actor, actions.get_field(request.actor, field_id))))


@operation(
    router, "POST", FIELD + "/restore", right=permissions.FIELDS, obj="client_field", answer=FieldOut,
    summary="Use an own field again",
)  # fmt: skip
def restore_field(request, field_id: UUID):
    """Bring an archived field back with the values that clients have in it."""
    found = actions.get_field(request.actor, field_id)
    return answer(_out(actions.archive_field(request.actor, found, archived=False)))
