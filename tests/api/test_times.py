"""A time that a caller gives has a zone: one without is refused, since nobody knows what it means."""

import typing
from datetime import datetime

import pytest
from pydantic import BaseModel

from frontdesk.api.instance import api
from frontdesk.core.rest.schemas import Input
from frontdesk.core.tenancy.context import account_context

from ..conversations.talks import arrive, mail

NAIVE = "2099-12-20T09:00:00"


def _below(kind: type) -> set[type]:
    return {kind, *(one for sub in kind.__subclasses__() for one in _below(sub))}


def _taken() -> set[type[BaseModel]]:
    """Everything that operations read from callers."""
    operations = [
        operation
        for _prefix, router in api._routers
        for view in router.path_operations.values()
        for operation in view.operations
    ]
    return _below(Input) | {model for operation in operations for model in operation.models}


def _parts(annotation) -> set:
    """An annotation and all that it is made of."""
    return {annotation, *(inner for part in typing.get_args(annotation) for inner in _parts(part))}


def _naive(model: type[BaseModel], seen: set) -> set[str]:
    if model in seen:
        return set()
    seen.add(model)
    found = set()
    for name, field in model.model_fields.items():
        parts = _parts(field.annotation)
        found |= {f"{model.__name__}.{name}"} if datetime in parts else set()
        for part in parts:
            if isinstance(part, type) and issubclass(part, BaseModel):
                found |= _naive(part, seen)
    return found


def test_no_operation_takes_a_time_without_zone():
    models, seen = _taken(), set()
    assert len(models) > 150
    assert {name for model in models for name in _naive(model, seen)} == set()


def test_the_walk_finds_one():
    class When(BaseModel):
        at: list[datetime | None]

    assert _naive(When, set()) == {"When.at"}


@pytest.mark.parametrize(
    ("path", "body"),
    [("snooze", {"until": NAIVE}), ("messages/scheduled", {"body": "On Thursday", "send_at": NAIVE})],
)
def test_it_is_refused_by_field(cast, api_of, path, body):
    with account_context(cast.account):
        asked = arrive(cast.account, mail())
    answer = api_of(cast.cora).post(f"/api/v1/conversations/{asked.pk}/{path}", body)
    assert answer.status_code == 422 and answer.json()["errors"][0]["field"] in body
