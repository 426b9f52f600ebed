"""The API's description is valid OpenAPI 3.1, complete, and readable as a page (A4, A6)."""

import re
from collections import Counter

import pytest
from django.test import Client as Browser
from schemathesis.specs.openapi.definitions import OPENAPI_31_VALIDATOR

from frontdesk.api.views import _schema
from frontdesk.core.rest.schemas import Schema

METHODS = {"get", "post", "put", "patch", "delete"}


@pytest.fixture
def described(db):
    """The description as it is served."""
    return Browser().get("/api/v1/openapi.json").json()


def _operations(described):
    return [
        (f"{method.upper()} {path}", said)
        for path, methods in described["paths"].items()
        for method, said in methods.items()
        if method in METHODS
    ]


def _references(node):
    if isinstance(node, dict):
        if "$ref" in node:
            yield node["$ref"]
        for inner in node.values():
            yield from _references(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from _references(inner)


def test_it_is_valid_openapi(described):
    assert described["openapi"].startswith("3.1")
    assert [error.message for error in OPENAPI_31_VALIDATOR.iter_errors(described)] == []


def _schemas(kind=Schema):
    for inner in kind.__subclasses__():
        yield inner
        yield from _schemas(inner)


def test_no_two_schemas_share_a_name():
    """Of two, the description would show one for both."""
    names = Counter(one.__name__ for one in {*_schemas()} if one.__module__.startswith("frontdesk."))
    assert [name for name, times in names.items() if times > 1] == []


def test_every_reference_leads_somewhere(described):
    schemas = described["components"]["schemas"]
    assert {ref.rpartition("/")[2] for ref in _references(described)} <= set(schemas)


def test_every_operation_is_described(described):
    found = _operations(described)
    assert len(found) > 20
    for name, said in found:
        assert said.get("summary"), f"{name} has no summary"
        assert said.get("tags"), f"{name} has no tag"
        assert said.get("description"), f"{name} has no description"
        assert "422" in said["responses"] and "429" in said["responses"], f"{name} documents no errors"


def test_names_of_operations_are_unique(described):
    names = [said["operationId"] for _name, said in _operations(described)]
    assert len(names) == len(set(names))


def test_parameters_of_the_path_are_declared(described):
    for name, said in _operations(described):
        declared = {one["name"] for one in said.get("parameters", ()) if one["in"] == "path"}
        assert declared == set(re.findall(r"\{(\w+)\}", name)), name


def test_addresses_are_plain(described):
    assert [path for path in described["paths"] if ":" in path or not path.startswith("/api/v1/")] == []


@pytest.mark.parametrize("language", ["en", "fr", "ro"])
def test_the_page_shows_every_operation(db, language):
    page = Browser(headers={"accept-language": language}).get("/api/v1/docs/")
    text = page.content.decode()
    assert page.status_code == 200
    assert "<script>" not in text and "style=" not in text
    for path in _schema()["paths"]:
        assert path in text


def test_an_unknown_address_is_a_problem(api_of, cast):
    answer = api_of(cast.ana).get("/api/v1/nothing")
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")
    assert api_of(cast.ana).post("/api/v1/nothing").status_code == 404


def test_errors_are_described_by_the_type_that_they_are_sent_as(described):
    problem = {"$ref": "#/components/schemas/Problem"}
    for name, said in _operations(described):
        for status, answer in said["responses"].items():
            for kind, content in answer.get("content", {}).items():
                assert (content.get("schema") == problem) == (kind == "application/problem+json"), f"{name} {status}"
