"""The API's own description and the page that shows it."""

import functools
from http import HTTPStatus

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from ninja.operation import Operation

from frontdesk.core.http import PUBLIC, page
from frontdesk.core.rest.answers import answer
from frontdesk.core.rest.operation import declared_answers
from frontdesk.core.rest.problems import problem
from frontdesk.core.rest.schemas import Problem

from .instance import api
from .reference import Group, Reader

PROBLEM = {"$ref": "#/components/schemas/Problem"}


def _tell_problems(schema: dict) -> None:
    """Say what every error answers with, and the type that it is sent as.

    The library would make a model for each error of each operation: twenty MiB in every web process.
    """
    described = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schema["components"]["schemas"] |= described.pop("$defs") | {"Problem": described}
    for operations in schema["paths"].values():
        for operation in operations.values():
            for status, said in operation["responses"].items():
                if int(status) >= HTTPStatus.BAD_REQUEST:
                    said["content"] = {"application/problem+json": {"schema": PROBLEM}}


def _operations() -> list[Operation]:
    views = [view for router in api._get_bound_routers() for view in router.path_operations.values()]
    return [operation for view in views for operation in view.operations]


@functools.cache
def _schema() -> dict:
    for operation in _operations():
        operation.response_models = declared_answers(operation)
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
