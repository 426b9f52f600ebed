"""Declaring an operation: address, policy, answer, and what every operation gets."""

import functools
import inspect
import typing

from django.http import HttpResponse
from ninja import Router
from ninja.operation import Operation
from ninja.security import HttpBearer

from frontdesk.core.http.policy import PUBLIC, Policy
from frontdesk.core.text import gettext as _

from . import idempotency, limits
from .problems import problem
from .schemas import Schema


class Bearer(HttpBearer):
    """`Authorization: Bearer fd_…`; the middleware has already found the member."""

    openapi_description = "A token made in your profile, under API tokens."

    def __init__(self, policy: Policy):
        super().__init__()
        self.policy = policy

    def authenticate(self, request, token):
        """The actor, or None for 401; raises PermissionDenied before anything of the request is read further."""
        if request.actor is not None:
            self.policy.check(request.actor)
        return request.actor


def _query_names(function) -> frozenset[str]:
    """The query parameters that a function declares as `Query[Schema]` or plain values."""
    names: set[str] = set()
    for name, hint in typing.get_type_hints(function, include_extras=True).items():
        for part in (hint, *typing.get_args(hint)):
            names |= set(getattr(part, "model_fields", {}))
        names.add(name)
    return frozenset(names)


def _unknown(request, known: frozenset[str]) -> HttpResponse | None:
    unknown = [name for name in request.GET if name not in known]
    if not unknown:
        return None
    reason = _("There is no such parameter.")
    return problem(422, errors=[{"field": name[:80], "reason": reason} for name in unknown[:20]])


def _too_many(request) -> HttpResponse | None:
    if request.actor is None or not limits.exceeded(request.actor.token_id):
        return None
    return problem(429, headers={"Retry-After": str(limits.seconds_left())})


def _error_statuses(method: str, path: str, right: str) -> list[int]:
    """The refusals that an operation may answer with."""
    found = [400, 422, 429]
    if right != PUBLIC:
        found += [401, 403]
    if "{" in path:
        found.append(404)
    if method != "GET":
        found += [404, 409]
    return sorted(set(found))


def operation(
    router: Router,
    method: str,
    path: str,
    *,
    right: str,
    answer=None,
    status: int = 200,
    obj: str | None = None,
    errors: tuple[int, ...] = (),
    **extra,
):
    """Declare a function as the operation at `path`; `right` as in Policy, `answer` the schema of the answer, `errors`
    what it may answer besides the usual, such as 404 for something that its query names."""
    policy = Policy(right, obj, (method,))
    declared = {status: answer, **dict.fromkeys((*_error_statuses(method, path, right), *errors))}

    def decorate(function):
        known = _query_names(function)

        @functools.wraps(function)
        def wrapped(request, *args, **kwargs):
            refused = _too_many(request) or _unknown(request, known)
            if refused is not None:
                return refused
            run = functools.partial(function, request, *args, **kwargs)
            return idempotency.once(request, run) if method == "POST" and request.actor else run()

        wrapped.policy, wrapped.declared = policy, declared
        wrapped.__signature__ = inspect.signature(function)
        auth = None if right == PUBLIC else Bearer(policy)
        router.add_api_operation(path, [method], wrapped, auth=auth, **extra)
        return wrapped

    return decorate


def declared_answers(made: Operation) -> dict[int, type[Schema] | None]:
    """What an operation answers, by status, each as the one field `response` of a schema; None for nothing and errors.

    The library would make these schemas at the start, 2 MiB in each process; only the description needs them.
    """
    return {
        status: answer and type("Answer", (Schema,), {"__annotations__": {"response": answer}})
        for status, answer in made.view_func.declared.items()
    }
