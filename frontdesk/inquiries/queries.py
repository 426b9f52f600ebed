"""Reads for pages and API: a fixed number of queries each."""

from uuid import UUID

from django.db.models import Count

from frontdesk.core import paging

from . import access
from .models import Inquiry, InquiryForm


def forms(actor) -> list[InquiryForm]:
    """All forms by name with their teams, each with the number of its `inquiries`; there are at most 50."""
    found = list(access.forms_for(actor).select_related("team").order_by("name", "pk"))
    counted = Inquiry.objects.filter(form_id__in=[form.pk for form in found]).order_by()
    counts = dict(counted.values_list("form_id").annotate(count=Count("id")))
    for form in found:
        form.inquiries = counts.get(form.pk, 0)
    return found


def inquiries(actor, form_id: UUID | None = None, after: str = "", limit: int = paging.LIMIT) -> paging.Page:
    """A page of what came, by one form or by all, newest first; raises Invalid for a bad cursor."""
    found = access.inquiries_for(actor).select_related("client", "form")
    if form_id is not None:
        found = found.filter(form_id=form_id)
    return paging.page(found, ["-id"], after=after, limit=limit)


def inquiries_by_id(ids: list[UUID]) -> dict[UUID, Inquiry]:
    """What came, for sentences that name it."""
    return {one.pk: one for one in Inquiry.objects.select_related("form").filter(pk__in=ids)}


def load_names(ids: list[UUID]) -> dict[UUID, str]:
    """Names of forms by id."""
    return dict(InquiryForm.objects.filter(pk__in=ids).values_list("pk", "name"))
