"""Bodies with every field that an operation describes, and copies of them with one field spoilt."""

from collections.abc import Iterator

from tests.matrix.bodies import Maker
from tests.matrix.routes import Route

SAMPLES = {
    "uuid": "00000000-0000-7000-8000-00000000dead", "date": "2030-01-31", "date-time": "2030-01-31T10:00:00Z",
    "time": "10:00:00", "email": "planted@example.com",
}  # fmt: skip
PLAIN = {"integer": 1, "number": 1, "boolean": True, "string": "Planted text"}


def path_of(maker: Maker, route: Route) -> str:
    """The operation's path as the description has it."""
    return maker._path(route)


def _resolved(schema: dict, whole: dict) -> dict:
    while "$ref" in schema:
        schema = whole["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    if "allOf" in schema:
        return _resolved(schema["allOf"][0], whole)
    choices = schema.get("anyOf") or schema.get("oneOf")
    if choices:
        return _resolved(next((one for one in choices if one.get("type") != "null"), choices[0]), whole)
    return schema


def _filled(schema: dict, whole: dict):
    found = _resolved(schema, whole)
    if "properties" in found:
        return {name: _filled(inner, whole) for name, inner in found["properties"].items()}
    if found.get("type") == "array":
        return [_filled(found.get("items", {}), whole)]
    if found.get("enum") or "const" in found:
        return found.get("const", found.get("enum", [None])[0])
    return SAMPLES.get(found.get("format"), PLAIN.get(found.get("type")))


def full_body(whole: dict, path: str, method: str):
    """A JSON value for the operation; {} where it takes no body."""
    content = whole["paths"][path][method.lower()].get("requestBody", {}).get("content", {}).get("application/json")
    return _filled(content["schema"], whole) if content else {}


def each_field(value, bad) -> Iterator:
    """Copies of a JSON value, each with one of its parts, small or large, replaced."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from ({**value, name: changed} for changed in each_field(inner, bad))
    elif isinstance(value, list) and value:
        yield from ([changed] for changed in each_field(value[0], bad))
    yield bad
