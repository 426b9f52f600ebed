"""The API's description arranged for reading: groups of operations with their fields in plain words."""

import json
from dataclasses import dataclass, field

METHODS = ("get", "post", "put", "patch", "delete")
DEPTH = 4
EXAMPLES = {"uuid": "0190a6c0-0000-7000-8000-000000000000", "date": "2030-01-31", "date-time": "2030-01-31T10:00:00Z",
            "email": "maria@example.com", "time": "10:00:00"}  # fmt: skip


@dataclass(frozen=True)
class Field:
    """One value: its name (dotted inside objects), its type in short, and whether it must be given."""

    name: str
    type: str
    required: bool
    about: str


@dataclass(frozen=True)
class Operation:
    """One operation, ready to show."""

    id: str
    method: str
    path: str
    summary: str
    about: str
    parameters: list[Field]
    body: list[Field]
    answer: list[Field]
    status: str
    curl: str


@dataclass
class Group:
    """The operations under one tag."""

    name: str
    operations: list[Operation] = field(default_factory=list)


class Reader:
    """Reads one OpenAPI description."""

    def __init__(self, schema: dict):
        self.schema = schema

    def resolved(self, schema: dict) -> dict:
        """The schema behind references; of alternatives the first that is not null."""
        while "$ref" in schema:
            schema = self.schema["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        if "allOf" in schema:
            return {key: value for part in schema["allOf"] for key, value in self.resolved(part).items()}
        choices = schema.get("anyOf") or schema.get("oneOf")
        if choices:
            first = next((one for one in choices if one.get("type") != "null"), choices[0])
            return {**self.resolved(first), "nullable": any(one.get("type") == "null" for one in choices)}
        return schema

    def type_of(self, schema: dict) -> str:
        """`string (uuid), or null`, `list of object`, `one of a, b`."""
        found = self.resolved(schema)
        name = found.get("type", "any")
        if "enum" in found:
            name = "one of " + ", ".join(map(str, found["enum"]))
        elif name == "array":
            name = f"list of {self.type_of(found.get('items', {}))}"
        elif "format" in found:
            name = f"{name} ({found['format']})"
        return f"{name}, or null" if found.get("nullable") else name

    def fields(self, schema: dict, prefix: str = "", depth: int = DEPTH) -> list[Field]:
        """The fields of an object and of the objects in it, in order."""
        found = self.resolved(schema)
        rows = []
        for name, inner in found.get("properties", {}).items():
            shown = self.resolved(inner)
            about = str(inner.get("description") or "")
            rows.append(Field(prefix + name, self.type_of(inner), name in found.get("required", ()), about))
            if depth and shown.get("type") == "array":
                rows += self.fields(shown.get("items", {}), f"{prefix}{name}[].", depth - 1)
            elif depth and "properties" in shown:
                rows += self.fields(shown, f"{prefix}{name}.", depth - 1)
        return rows

    def example(self, schema: dict, name: str = "", depth: int = DEPTH):
        """A value with the required fields only."""
        found = self.resolved(schema)
        if found.get("enum"):
            return found["enum"][0]
        kind = found.get("type")
        if kind == "array":
            return []
        if kind == "object" and depth:
            wanted = [
                (key, inner) for key, inner in found.get("properties", {}).items() if key in found.get("required", ())
            ]
            return {key: self.example(inner, key, depth - 1) for key, inner in wanted}
        return {"integer": 1, "number": 1, "boolean": True}.get(
            str(kind), EXAMPLES.get(str(found.get("format")), name or "text")
        )

    def _curl(self, method: str, path: str, body: dict | None, server: str) -> str:
        lines = [f"curl {server}{path}", "-H 'Authorization: Bearer fd_…'"]
        if method != "get":
            lines[0] = f"curl -X {method.upper()} {server}{path}"
        if body is not None:
            lines += [
                "-H 'Content-Type: application/json'",
                f"-d '{json.dumps(self.example(body), ensure_ascii=False)}'",
            ]
        return " \\\n  ".join(lines)

    def _content(self, part: dict) -> dict | None:
        return part.get("content", {}).get("application/json", {}).get("schema")

    def operation(self, path: str, method: str, said: dict, server: str) -> Operation:
        """One operation of the description."""
        body = self._content(said.get("requestBody", {}))
        status = next((str(code) for code in said.get("responses", {}) if str(code).startswith("2")), "")
        answer = (
            self._content(said["responses"][next(c for c in said["responses"] if str(c) == status)]) if status else None
        )
        parameters = [
            Field(one["name"], self.type_of(one["schema"]), one.get("required", False), one.get("description", ""))
            for one in said.get("parameters", ())
        ]
        return Operation(
            said["operationId"].replace("_", "-"), method.upper(), path, said.get("summary", ""),
            said.get("description", ""), parameters, self.fields(body) if body else [],
            self.fields(answer) if answer else [], status, self._curl(method, path, body, server),
        )  # fmt: skip

    def groups(self, server: str) -> list[Group]:
        """Every operation, by tag, tags by name."""
        found: dict[str, Group] = {}
        for path, methods in self.schema["paths"].items():
            for method in METHODS:
                if method in methods:
                    tag = (methods[method].get("tags") or ["API"])[0]
                    shown = self.operation(path, method, methods[method], server)
                    found.setdefault(tag, Group(tag)).operations.append(shown)
        return sorted(found.values(), key=lambda group: group.name)
