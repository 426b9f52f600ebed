"""The declared policy of every route: who may call it, and which object its address names.

The access matrix reads these declarations and compares them with what really happens, so a route without one
fails the tests, and a request to it is refused.
"""

import functools
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from frontdesk.core import permissions
from frontdesk.core.errors import Invalid, Moved

from . import errors

PUBLIC = "public"
SIGNED_IN = "signed-in"


@dataclass(frozen=True)
class Policy:
    """`right` is a permission's name, PUBLIC or SIGNED_IN; `obj` names the kind of object in the address."""

    right: str
    obj: str | None = None
    methods: tuple[str, ...] = ("GET",)

    @property
    def roles(self) -> frozenset[str]:
        """The roles that pass; for PUBLIC and SIGNED_IN all of them."""
        if self.right in (PUBLIC, SIGNED_IN):
            return permissions.EVERYONE
        return permissions.permission(self.right).roles

    def check(self, actor) -> None:
        """Raise PermissionDenied unless the actor holds the right."""
        if self.right not in (PUBLIC, SIGNED_IN) and not actor.may(self.right):
            raise PermissionDenied(self.right)


def to_sign_in(request) -> HttpResponse:
    """Send a signed-out visitor to the sign-in page and, for plain reads, back afterwards."""
    target = reverse("account_login")
    if request.method == "GET" and request.path != "/" and not request.headers.get("HX-Request"):
        target += "?" + urlencode({"next": request.get_full_path()})
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401, headers={"HX-Redirect": target})
    return redirect(target)


def page(right: str, *, obj: str | None = None, methods: tuple[str, ...] = ("GET",)):
    """Declare a view's policy; refuses other methods (405), the signed-out (to sign-in) and the unentitled (403)."""
    policy = Policy(right, obj, methods)
    if right not in (PUBLIC, SIGNED_IN):
        permissions.permission(right)
    allowed = {*methods, "HEAD"} if "GET" in methods else set(methods)

    def decorate(view):
        @functools.wraps(view)
        def wrapped(request, *args, **kwargs):
            if request.method not in allowed:
                return HttpResponseNotAllowed(sorted(allowed))
            if right != PUBLIC:
                if request.actor is None:
                    return to_sign_in(request)
                policy.check(request.actor)
            try:
                return view(request, *args, **kwargs)
            except Invalid as error:
                return errors.invalid(request, error)
            except Moved as error:
                if request.method not in ("GET", "HEAD"):
                    raise
                return redirect(request.get_full_path().replace(str(error.former), str(error.kept)))

        wrapped.policy = policy
        return wrapped

    return decorate
