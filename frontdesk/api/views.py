"""The API's own description and the page that shows it."""

import functools

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from frontdesk.core.http import PUBLIC, page
from frontdesk.core.rest.answers import answer
from frontdesk.core.rest.problems import problem

from .instance import api
from .reference import Group, Reader

PROBLEM = {"$ref": "#/components/schemas/Problem"}


def _tell_problems(schema: dict) -> None:
    """Describe errors by the type that they are sent as, which the library has no word for."""
    for operations in schema["paths"].values():
        for operation in operations.values():
            for said in operation["responses"].values():
                content = said.get("content", {})
                if content.get("application/json", {}).get("schema") == PROBLEM:
                    content["application/problem+json"] = content.pop("application/json")


@functools.cache
def _schema() -> dict:
    schema = api.get_openapi_schema(path_prefix="/api/v1/")
    _tell_problems(schema)
    return schema


@functools.cache
def _groups() -> list[Group]:
    return Reader(_schema()).groups(settings.PUBLIC_URL)


@page(PUBLIC)
def description(request) -> HttpResponse:
    """OpenAPI 3.1."""
    return answer(_schema())


@page(PUBLIC)
def documentation(request) -> HttpResponse:
    """The description as a readable page."""
    return render(request, "api/docs.html", {"groups": _groups()})


@csrf_exempt
@page(PUBLIC, methods=("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))
def unknown(request) -> HttpResponse:
    """404 for an address that no operation has, in the API's own form."""
    return problem(404)
