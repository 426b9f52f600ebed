"""Whether somebody showed a short while ago that it is still they who sit there."""

import time

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

RECENT = 15 * 60


def confirmed(request) -> bool:
    """Whether this browser's user signed in or gave their password within the last quarter of an hour."""
    records = get_authentication_records(request, request.user)
    return any(time.time() - record["at"] < RECENT for record in records)


def note_password(request) -> None:
    """Remember that the password was given just now."""
    record_authentication(request, request.user, "password", reauthenticated=True)


def to_confirm(request):
    """The way to the page that asks for the password, and back to this one."""
    target = request.path if request.method == "GET" else reverse("accounts:security")
    return redirect(reverse("accounts:confirm") + "?" + urlencode({"next": target}))
