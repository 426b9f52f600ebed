"""Inquiry forms for the access matrix: the office sees all of its account."""

from frontdesk.core.tenancy.context import account_context
from frontdesk.inquiries.actions import FormInput, add_form

from ..cast import Cast
from .objects import _always, kind


@kind("inquiry_form", _always)
def _form(cast: Cast) -> dict:
    if "inquiry_form" not in cast.__dict__:
        with account_context(cast.account):
            admin = cast.people.get("ana") or cast.people["olga"]
            cast.__dict__["inquiry_form"] = add_form(admin, FormInput("Planted form"))
    return {"form_id": cast.__dict__["inquiry_form"].pk}
