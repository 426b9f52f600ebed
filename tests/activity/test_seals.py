"""The sealed log: what was written is covered, and every later change is found."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from frontdesk.activity import actions, jobs, seals
from frontdesk.activity.models import Activity, Seal, Verification
from frontdesk.activity.seals import sealing
from frontdesk.core.ids import uuid7_floor
from frontdesk.core.jobs.registry import find
from frontdesk.core.tenancy.context import account_context


def _write(cast, minutes: float, verb="planted.made", **fields) -> Activity:
    """An activity of that many minutes ago."""
    at = timezone.now() - timedelta(minutes=minutes)
    key = uuid.UUID(int=uuid7_floor(int(at.timestamp() * 1000)).int + uuid.uuid4().int % (1 << 60))
    with account_context(cast.account):
        actor = cast.people.get("ana") or cast.people["olga"]
        return Activity.objects.create(id=key, account=cast.account, at=at, actor=actor, verb=verb, **fields)


@pytest.fixture
def log(cast):
    """Three seals of two activities each, hours old, and one activity that is still young."""
    for hour in (9, 8, 7):
        for minute in (1, 2):
            _write(cast, hour * 60 + minute, data={"n": hour, "text": "Ștefan"})
        seals.seal_account(cast.account.pk)
    _write(cast, 0)
    return cast


def _check(cast):
    with account_context(cast.account):
        return seals.check()


def test_settled_activities_are_sealed_once(log):
    assert seals.seal_all() == 0
    with account_context(log.account):
        assert [seal.number for seal in Seal.objects.order_by("number")] == [1, 2, 3]
        assert {len(seal.covered) for seal in Seal.objects.all()} == {2}
    result = _check(log)
    assert (result.seals, result.entries, result.fault) == (3, 6, None)


def test_every_account_has_its_own_chain(log):
    _write(log.other, 5)
    assert seals.seal_all() == 1
    with account_context(log.other.account):
        assert Seal.objects.get().number == 1
    assert _check(log.other).fault is None


def test_long_logs_are_sealed_in_batches(cast, monkeypatch):
    monkeypatch.setattr(sealing, "BATCH", 3)
    for _number in range(8):
        _write(cast, 30)
    assert seals.seal_account(cast.account.pk) == 3
    assert _check(cast).fault is None


def test_an_activity_that_commits_late_is_sealed_late(cast):
    _write(cast, 10)
    seals.seal_account(cast.account.pk)
    late = _write(cast, 20)
    assert seals.seal_all() == 1
    with account_context(cast.account):
        assert Seal.objects.get(number=2).covered == [late.pk.hex]
    assert _check(cast).fault is None


def _rows(cast):
    return Activity.objects.order_by("id")


CHANGES = {
    "a changed verb": ("changed_entry", 2, lambda rows: rows.filter(pk=rows[2].pk).update(verb="planted.other")),
    "changed data": ("changed_entry", 1, lambda rows: rows.filter(pk=rows[0].pk).update(data={"n": 0})),
    "a changed actor": ("changed_entry", 3, lambda rows: rows.filter(pk=rows[5].pk).update(actor=None)),
    "a changed time": ("changed_entry", 1, lambda rows: rows.filter(pk=rows[0].pk).update(at=timezone.now())),
    "a changed client": ("changed_entry", 1, lambda rows: rows.filter(pk=rows[1].pk).update(client_id=uuid.uuid4())),
    "a missing row": ("missing_entry", 2, lambda rows: rows.filter(pk=rows[3].pk).delete()),
    "a changed seal": ("changed_seal", 2, lambda rows: Seal.objects.filter(number=2).update(hash="0" * 64)),
    "a seal with another past": (
        "changed_seal",
        3,
        lambda rows: Seal.objects.filter(number=3).update(previous_hash="0" * 64),
    ),
    "a missing seal": ("changed_seal", 2, lambda rows: Seal.objects.filter(number=2).delete()),
    "a missing first seal": ("changed_seal", 1, lambda rows: Seal.objects.filter(number=1).delete()),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_later_change_is_found_at_its_seal(log, name):
    kind, number, change = CHANGES[name]
    with account_context(log.account):
        change(_rows(log))
    fault = _check(log).fault
    assert (fault.kind, fault.seal) == (kind, number)


def test_an_inserted_row_is_found(log):
    planted = _write(log, 8 * 60 + 1.5)
    fault = _check(log).fault
    assert (fault.kind, fault.seal, fault.entry) == ("added_entry", 2, planted.pk)


def test_the_job_seals_and_the_daily_one_checks(log):
    find("activity.seal")()
    find("activity.verify")()
    with account_context(log.account):
        assert Verification.objects.get().fault == ""
        _rows(log).filter(pk=_rows(log)[0].pk).update(verb="planted.other")
    find("activity.verify")()
    with account_context(log.account):
        found = Verification.objects.get()
        assert (found.fault, found.broken_seal) == ("changed_entry", 1)


def test_one_account_that_fails_does_not_stop_the_others(log, monkeypatch):
    _write(log, 5)
    _write(log.other, 5)
    real = sealing.seal_account

    def fail_for_folio(account_id):
        if account_id == log.account.pk:
            raise RuntimeError("planted")
        return real(account_id)

    monkeypatch.setattr(sealing, "seal_account", fail_for_folio)
    assert seals.seal_all() == 1


def test_the_page_of_the_log_tells_the_state(log, browser_of):
    ana = browser_of(log.ana)
    assert "not checked yet" in ana.get("/settings/audit/").content.decode()
    ana.post("/settings/audit/verify/")
    assert "Sealed and verified" in ana.get("/settings/audit/").content.decode()
    with account_context(log.account):
        _rows(log).filter(pk=_rows(log)[2].pk).delete()
    ana.post("/settings/audit/verify/")
    assert "An entry of batch 2 was removed" in ana.get("/settings/audit/").content.decode()


def test_lines_are_the_same_on_every_database():
    row = {"id": uuid.UUID(int=1), "at": datetime(2030, 1, 2, 3, 4, 5, 6, tzinfo=UTC), "actor_id": None, "verb": "v",
           "subject_id": None, "client_id": None, "data": {"b": 1, "a": "é"}}  # fmt: skip
    said = (
        '["00000000-0000-0000-0000-000000000001","2030-01-02T03:04:05.000006+00:00",null,"v",null,null,{"a":"é","b":1}]'
    )
    assert seals.line(row).decode() == said + "\n"


def test_a_long_log_is_checked_in_the_background_with_its_progress(log, browser_of, api_of, monkeypatch):
    monkeypatch.setattr(actions, "SEALS_AT_ONCE", 2)
    monkeypatch.setattr(jobs, "SEALS_BETWEEN_TELLING", 2)
    ana = browser_of(log.ana)
    ana.post("/settings/audit/verify/")
    assert "Checking the log" in ana.get("/settings/audit/").content.decode()
    running = api_of(log.ana).get("/api/v1/activities/check").json()
    assert (running["running"], running["done"], running["sealed"]) == (True, 0, 3)
    told = []
    monkeypatch.setattr(jobs, "keep_alive", lambda: told.append(Verification.objects.get().done))
    with account_context(log.account):
        find("activity.check")()
    assert told == [2]
    shown = ana.get("/settings/audit/progress/").content.decode()
    assert "Sealed and verified" in shown and "<html" not in shown
    ended = api_of(log.ana).get("/api/v1/activities/check").json()
    assert (ended["running"], ended["fault"], ended["seals"]) == (False, "", 3)


def test_the_check_through_the_api_is_the_admins(log, api_of):
    made = api_of(log.ana).post("/api/v1/activities/check")
    assert made.status_code == 201 and made.json()["fault"] == ""
    assert api_of(log.sam).post("/api/v1/activities/check").status_code == 403
    with account_context(log.account):
        first = Activity.objects.order_by("id").first()
        Activity.objects.filter(pk=first.pk).update(verb="planted.changed")
    broken = api_of(log.ana).post("/api/v1/activities/check", headers={"idempotency-key": "again"}).json()
    assert (broken["fault"], broken["broken_seal"]) == ("changed_entry", 1)
