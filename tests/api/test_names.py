"""Each shape of the API has a name of its own: the description would show one of two for both."""

from collections import defaultdict

from frontdesk.api.instance import api
from frontdesk.core.rest.schemas import Schema


def _every(kind: type[Schema]):
    for one in kind.__subclasses__():
        yield one
        yield from _every(one)


def test_no_two_schemas_have_one_name():
    assert api.get_openapi_schema()
    places = defaultdict(set)
    for one in _every(Schema):
        if one.__module__.startswith("frontdesk."):
            places[one.__name__].add(one.__module__)
    assert {name: sorted(found) for name, found in places.items() if len(found) > 1} == {}
