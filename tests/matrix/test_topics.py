"""Everyone tries to follow every live topic, and follows exactly what is declared (P1, R3, M8)."""

import dataclasses
import logging

import pytest

from frontdesk.core import permissions
from frontdesk.live import topics as registered

from . import topics
from .engine import Engine
from .objects import make_world


@pytest.fixture
def engine(cast):
    """Everyone, with an object of every kind in both accounts."""
    logging.disable(logging.CRITICAL)
    yield Engine(make_world(cast))
    logging.disable(logging.NOTSET)


def test_every_topic_lets_in_whom_it_declares(engine, capsys):
    assert topics.undeclared() == []
    tries, unexpected = topics.run(engine, topics.DECLARED)
    with capsys.disabled():
        print(f"\n{len(topics.DECLARED)} topics: {tries} tries, {len(unexpected)} unexpected")
    assert unexpected == []
    assert tries > 100


def test_a_topic_without_a_policy_is_noticed():
    registered.register(registered.Topic("planted", lambda actor, key: True))
    try:
        assert topics.undeclared() == ["planted"]
    finally:
        registered.topics._items.pop("planted")


def test_a_topic_that_lets_in_others_is_noticed(engine):
    planted = {"team": dataclasses.replace(topics.DECLARED["team"], alone=permissions.EVERYONE)}
    _tries, unexpected = topics.run(engine, planted)
    assert any("team [alone] as client, own: 404 instead of ok" in said for said in unexpected)
