"""What is sent: for each API operation the smallest body that its description accepts, for forms what they need."""

from typing import Any
from uuid import UUID

from frontdesk.api.instance import api

from .objects import World
from .routes import API_ROOT, Route

# Name of a field or parameter that holds an id -> (kind of object, the parameter of that kind).
REFERENCES = {
    "client": ("client", "client_id"),
    "thread_id": ("thread", "thread_id"),
    "conversation_id": ("conversation", "conversation_id"),
    "team": ("team", "team_id"),
    "saved_reply_id": ("saved_reply", "saved_reply_id"),
    "message_id": ("message", "message_id"),
    "reply_to": ("message", "message_id"),
    "draft_id": ("scheduled", "draft_id"),
    "client_id": ("client", "client_id"),
    "clients": ("client", "client_id"),
    "ids": ("client", "client_id"),
    "contact": ("contact", "contact_id"),
    "contact_id": ("contact", "contact_id"),
    "address_id": ("address", "address_id"),
    "note_id": ("note", "note_id"),
    "member": ("assignment", "member_id"),
    "member_id": ("member", "member_id"),
    "members": ("assignment", "member_id"),
    "assigned": ("assignment", "member_id"),
    "invitation_id": ("invitation", "invitation_id"),
    "token_id": ("token", "token_id"),
    "fields": ("client_field", "field_id"),
    "email_change_id": ("email_change", "email_change_id"),
    "session_id": ("session", "session_id"),
    "factor_id": ("factor", "factor_id"),
    "endpoint_id": ("webhook", "endpoint_id"),
    "device_id": ("device", "device_id"),
    "notice_id": ("notice", "notice_id"),
    "delivery_id": ("delivery", "delivery_id"),
    "import_id": ("import", "import_id"),
    "change_id": ("change", "change_id"),
    "bundle_id": ("bundle", "bundle_id"),
    "lead": ("assignment", "member_id"),
    "teams": ("team", "team_id"),
    "team_id": ("team", "team_id"),
    "files": ("file", "file_id"),
    "upload_id": ("upload", "upload_id"),
    "file_id": ("file", "file_id"),
    "dispatch_id": ("dispatch", "dispatch_id"),
    "arrival_id": ("arrival", "arrival_id"),
    "deputy": ("assignment", "member_id"),
    "to": ("assignment", "member_id"),
    "form": ("inquiry_form", "form_id"),
    "form_id": ("inquiry_form", "form_id"),
}
TEXTS = {
    "email": "planted@example.com", "uri": "https://example.com/", "date": "2030-01-31", "time": "10:00:00",
    "date-time": "2030-01-31T10:00:00Z",
}  # fmt: skip
NAMED = {
    "role": "coworker", "scopes": ["clients:read"], "kinds": ["*"], "time_zone": "Europe/Paris", "language": "fr",
    "currency": "EUR", "country": "FR", "phone": "+40745112908", "email": "planted@example.com", "status": "prospect",
    "url": "https://planted.example/", "topic": "me", "into": "note",
}  # fmt: skip
# Optional fields without which a body says nothing.
WELCOME = {"street", "city", "name"}
# Fields of forms that are read before the object is known to be within reach.
FORMS = {
    "accounts:member_sign_in": {"username": "planted.person"},
    "clients:guest": {"do": "off"}, "portal:guest": {"do": "off"}, "live:typing": {"topic": "me"},
}  # fmt: skip


def reference(world: World, field: str, which: str) -> UUID:
    """The id that a field of that name takes; raises KeyError for a name that REFERENCES lacks."""
    name, parameter = REFERENCES[field]
    return world.ids[which][name][parameter]


class Unknown(KeyError):
    """A field holds an id, and nobody has said of what."""


class Maker:
    """Makes bodies from the API's description, with the ids of one account."""

    def __init__(self, world: World, which: str = "own", swapped: str = ""):
        self.world, self.which, self.swapped = world, which, swapped
        self.schema = api.get_openapi_schema(path_prefix=API_ROOT + "/")
        self.references: set[str] = set()

    def _resolved(self, schema: dict) -> dict:
        while "$ref" in schema:
            schema = self.schema["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        if "allOf" in schema:
            return {key: value for part in schema["allOf"] for key, value in self._resolved(part).items()}
        choices = schema.get("anyOf") or schema.get("oneOf")
        if choices:
            return self._resolved(next((c for c in choices if c.get("type") != "null"), choices[0]))
        return schema

    def _id(self, field: str) -> str:
        if field not in REFERENCES:
            raise Unknown(field)
        self.references.add(field)
        return str(reference(self.world, field, "foreign" if field == self.swapped else self.which))

    def value(self, schema: dict, field: str) -> Any:
        """A value that the schema accepts; ids by the name of the field."""
        schema = self._resolved(schema)
        if "const" in schema or schema.get("enum"):
            return (
                NAMED[field]
                if NAMED.get(field) in schema.get("enum", ())
                else schema.get("const", schema.get("enum", [0])[0])
            )
        if schema.get("type") == "object" or "properties" in schema:
            return self.object(schema)
        if schema.get("type") == "array":
            return NAMED.get(field, self._items(schema, field))
        if schema.get("type") == "string":
            return self._text(schema, field)
        if schema.get("type") in ("integer", "number"):
            return max(schema.get("minimum", 1), 1)
        return True if schema.get("type") == "boolean" else None

    def _items(self, schema: dict, field: str) -> list:
        item = self._resolved(schema.get("items", {}))
        wanted = item.get("format") == "uuid" or schema.get("minItems")
        return [self.value(item, field)] if wanted else []

    def _text(self, schema: dict, field: str) -> str:
        if schema.get("format") == "uuid":
            return self._id(field)
        text = NAMED.get(field) or TEXTS.get(schema.get("format", ""), "Planted text")
        return text[: schema.get("maxLength", 100)].ljust(schema.get("minLength", 0), "x")

    def object(self, schema: dict) -> dict:
        """The required fields, and every field that holds an id."""
        required, made = schema.get("required", ()), {}
        for name, inner in schema.get("properties", {}).items():
            if name in required or name in WELCOME or self._holds_id(inner):
                made[name] = self.value(inner, name)
        return made

    def _holds_id(self, schema: dict) -> bool:
        schema = self._resolved(schema)
        item = self._resolved(schema.get("items", {})) if schema.get("type") == "array" else schema
        return item.get("format") == "uuid"

    def body(self, route: Route, method: str) -> dict | None:
        """The body of an operation, or None when it takes none."""
        described = self.schema["paths"][self._path(route)][method.lower()].get("requestBody")
        if not described:
            return None
        content = described["content"].get("application/json")
        return self.object(self._resolved(content["schema"])) if content else None

    def _path(self, route: Route) -> str:
        wanted = API_ROOT + route.template
        return next(path for path in self.schema["paths"] if path == wanted or _plain(path) == _plain(wanted))


def _plain(path: str) -> str:
    return "/".join("{}" if part.startswith("{") else part for part in path.split("/"))
