"""Addresses under /api/v1/."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from . import views
from .instance import api


def _folder(pattern: URLPattern) -> str:
    """The part of an address before its first slash, with it; "" where there is none, or where it is no fixed text."""
    before, slash, _rest = str(pattern.pattern).partition("/")
    return before + slash if slash and "<" not in before else ""


def _inside(pattern: URLPattern, folder: str) -> URLPattern:
    return path(str(pattern.pattern).removeprefix(folder), pattern.callback, pattern.default_args, pattern.name)


def _in_folders(patterns: list) -> list[URLPattern | URLResolver]:
    """The same addresses by their first part: they are tried in order, and there are hundreds."""
    inside: dict[str, list[URLPattern]] = {}
    for one in patterns:
        inside.setdefault(_folder(one), []).append(one)
    flat = inside.pop("", [])
    return [path(folder, include([_inside(one, folder) for one in some])) for folder, some in inside.items()] + flat


_operations, _app, _namespace = api.urls

urlpatterns = [
    path("openapi.json", views.description, name="api_description"),
    path("docs/", views.documentation, name="api_docs"),
    path("", include((_in_folders(_operations), _app), namespace=_namespace)),
    re_path("", views.unknown),
]
