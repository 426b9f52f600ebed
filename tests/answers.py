"""In every test, each JSON answer of an operation is checked against the schema that its description declares.

So the published description cannot promise what the code does not do. Loaded by conftest.py.
"""

import json

import pytest
from django.test import Client as Browser
from django.urls import resolve
from jsonschema_rs import validator_for

from frontdesk.core.rest import operation as operations

_UNDECLARED = object()
_validators: dict[tuple[str, str], object] = {}


def _schema_of(operation, status: int):
    models = operations.declared_answers(operation)
    for key in (status, f"{status // 100}XX", f"{status // 100}xx", ...):
        if key in models:
            return models[key]
    return _UNDECLARED


def _validator(operation, status: int):
    key = (id(operation), status)
    if key not in _validators:
        model = _schema_of(operation, status)
        if model is _UNDECLARED:
            raise AssertionError(f"{operation.methods} {operation.path} answers {status}, which it does not declare")
        schema = model.model_json_schema(mode="serialization") if model is not None else None
        _validators[key] = schema and validator_for(_inner(schema))
    return _validators[key]


def _inner(schema: dict) -> dict:
    """The schema of the answer itself, which the library wraps into a field called response."""
    return {**schema["properties"]["response"], "$defs": schema.get("$defs", {})}


def _operation(request):
    """The operation that a request reached, or None."""
    if not request["PATH_INFO"].startswith("/api/"):
        return None
    view = getattr(resolve(request["PATH_INFO"]).func, "__self__", None)
    found = getattr(view, "operations", [])
    return next((one for one in found if request["REQUEST_METHOD"] in one.methods), None)


def check(request: dict, response) -> None:
    """Raise AssertionError where an answer is not what its operation declares."""
    operation = _operation(request)
    if operation is None or response.status_code >= 500:
        return
    validator = _validator(operation, response.status_code)
    if validator is None:
        assert not response.content, f"{operation.path} declares no content for {response.status_code}"
        return
    for error in validator.iter_errors(json.loads(response.content)):
        where = "/".join(map(str, error.instance_path))
        raise AssertionError(f"{operation.methods} {operation.path} {response.status_code} at {where}: {error.message}")


@pytest.fixture(autouse=True)
def declared_answers(monkeypatch):
    """Check every answer that a test's browser receives from the API."""
    real = Browser.request

    def request(browser, **given):
        response = real(browser, **given)
        check(response.request, response)
        return response

    monkeypatch.setattr(Browser, "request", request)
