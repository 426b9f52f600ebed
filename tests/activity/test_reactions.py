"""Reactions: called with each activity in its transaction, so that a failing one undoes the cause."""

import pytest
from django.db import transaction

from frontdesk.activity import reactions
from frontdesk.activity.models import Activity
from frontdesk.activity.spine import record, record_many


@pytest.fixture
def heard(monkeypatch):
    """What a reaction to `planted.made` was told."""
    monkeypatch.setattr(reactions, "_handlers", {})
    told: list = []
    reactions._handlers["planted.made"] = [told.extend]
    return told


def test_a_reaction_is_told_who_did_what_to_which(within, heard):
    with transaction.atomic():
        made = record(within.sam, "planted.made", subject_id=within.maria.pk, data={"to": "on"})
        record(within.sam, "planted.other")
    (one,) = heard
    assert (one.id, one.actor, one.subject_id, one.data) == (made.pk, within.sam, within.maria.pk, {"to": "on"})


def test_many_at_once_are_told_at_once_with_the_ids_of_their_rows(within, heard):
    with transaction.atomic():
        record_many(within.sam, "planted.made", [(within.maria.pk, None, {}), (within.victor.pk, None, {})])
    assert {one.id for one in heard} == set(Activity.objects.filter(verb="planted.made").values_list("pk", flat=True))
    assert [one.subject_id for one in heard] == [within.maria.pk, within.victor.pk]


def test_nothing_that_happened_is_not_told(within, heard):
    with transaction.atomic():
        record_many(within.sam, "planted.made", [])
    reactions._handlers["planted.made"] = [lambda happened: happened[0]]
    with transaction.atomic():
        record_many(within.sam, "planted.made", [])
    assert heard == []


def test_a_failing_reaction_undoes_its_cause(within, heard):
    reactions._handlers["planted.made"] = [lambda happened: 1 / 0]
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record(within.sam, "planted.made")
    assert not Activity.objects.filter(verb="planted.made").exists()
