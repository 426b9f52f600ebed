"""Every address of the product with its declared policy, read from the URLconf and the API."""

import re
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.resolvers import RoutePattern

from frontdesk.api.instance import api
from frontdesk.core.http.policy import PUBLIC, SIGNED_IN, Policy

API_ROOT = "/api/v1"
# Views that come from the sign-in library and carry no declaration of ours: what each is for, as a policy.
LIBRARY = {
    "account_login": Policy(PUBLIC, None, ("GET", "POST")),
    "account_logout": Policy(PUBLIC, None, ("GET", "POST")),
    "account_reset_password": Policy(PUBLIC, None, ("GET", "POST")),
    "account_reset_password_done": Policy(PUBLIC, None, ("GET",)),
    "account_reset_password_from_key": Policy(PUBLIC, None, ("GET", "POST")),
    "account_reset_password_from_key_done": Policy(PUBLIC, None, ("GET",)),
    "api:api-root": Policy(PUBLIC, None, ("GET",)),
    "account_change_password": Policy(SIGNED_IN, None, ("GET", "POST")),
}


@dataclass(frozen=True)
class Route:
    """An address: `params` are the names in it, `operation` the API operation, None for a page."""

    name: str
    template: str
    params: tuple[str, ...]
    policy: Policy | None
    operation: Any = None

    @property
    def is_api(self) -> bool:
        """Whether it answers JSON to a bearer token."""
        return self.operation is not None

    def address(self, values: dict) -> str:
        """The address with its parameters filled in."""
        if not self.is_api:
            return reverse(self.name, kwargs={name: values[name] for name in self.params})
        return API_ROOT + re.sub(r"\{(?:\w+:)?(\w+)\}", lambda found: str(values[found[1]]), self.template)


def _walk(patterns, namespace: str = "", prefix: str = ""):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, inner, prefix + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield namespace, prefix, pattern


def _is_operation(pattern: URLPattern) -> bool:
    return getattr(pattern.callback, "__module__", "").startswith("ninja")


def _page(namespace: str, prefix: str, pattern: URLPattern) -> Route:
    name = namespace + (pattern.name or "")
    policy = getattr(pattern.callback, "policy", None) or LIBRARY.get(name)
    known = (
        pattern.pattern.converters if isinstance(pattern.pattern, RoutePattern) else pattern.pattern.regex.groupindex
    )
    inherited = re.findall(r"<(?:\w+:)?(\w+)>", prefix)
    return Route(name, prefix + str(pattern.pattern), (*inherited, *known), policy)


def pages() -> list[Route]:
    """Every HTML route (and the API's own pages)."""
    found = _walk(get_resolver().url_patterns)
    return [_page(*one) for one in found if not _is_operation(one[2])]


def _operations(prefix: str, router):
    for path, view in router.path_operations.items():
        for operation in view.operations:
            yield prefix + path, operation


def operations() -> list[Route]:
    """Every operation of the API, once a method."""
    found = []
    for prefix, router in api._routers:
        for path, operation in _operations(prefix, router):
            name = f"{' '.join(operation.methods)} {path}"
            params = tuple(re.findall(r"\{(?:\w+:)?(\w+)\}", path))
            found.append(Route(name, path, params, getattr(operation.view_func, "policy", None), operation))
    return found


def all_routes() -> list[Route]:
    """Pages and operations."""
    return [*pages(), *operations()]
