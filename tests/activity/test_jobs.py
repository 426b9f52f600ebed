"""An admin sees the background jobs that were given up, and lets them run again or discards them."""

import uuid

import pytest
from django.utils import timezone

from frontdesk.activity.failures import reason
from frontdesk.activity.models import Activity
from frontdesk.core.jobs.models import QueuedJob, Status
from frontdesk.core.tenancy.context import account_context

PAGE = "/settings/jobs/"
TRACE = 'Traceback (most recent call last):\n  File "x.py"\nValueError: planted reason'


def _dead(account_id, name="planted.work") -> QueuedJob:
    now = timezone.now()
    return QueuedJob.objects.create(
        name=name, account_id=account_id, status=Status.DEAD, run_at=now, ended_at=now, error=TRACE, attempts=5
    )


def test_the_admin_sees_the_own_accounts_jobs_with_their_reason(cast, browser_of):
    _dead(cast.account.pk)
    _dead(cast.other.account.pk, "planted.foreign")
    page = browser_of(cast.ana).get(PAGE).content.decode()
    assert "planted.work" in page and "planted reason" in page
    assert "planted.foreign" not in page
    assert browser_of(cast.sam).get(PAGE).status_code == 403


def test_without_failures_the_page_says_so(cast, browser_of):
    assert "No job has failed" in browser_of(cast.ana).get(PAGE).content.decode()


@pytest.mark.parametrize(("verb", "status"), [("retry", Status.WAITING), ("discard", Status.CANCELLED)])
def test_a_job_is_retried_or_discarded_and_the_log_says_who_did(cast, browser_of, verb, status):
    row = _dead(cast.account.pk)
    assert browser_of(cast.ana).post(f"{PAGE}{row.pk}/{verb}/").status_code == 302
    row.refresh_from_db()
    assert row.status == status
    with account_context(cast.account):
        assert Activity.objects.filter(subject_id=row.pk, actor=cast.ana).count() == 1


def test_jobs_of_another_account_are_out_of_reach(cast, browser_of):
    row = _dead(cast.other.account.pk)
    assert browser_of(cast.ana).post(f"{PAGE}{row.pk}/retry/").status_code == 404
    assert browser_of(cast.ana).post(f"{PAGE}{uuid.uuid4()}/retry/").status_code == 404
    row.refresh_from_db()
    assert row.status == Status.DEAD


@pytest.mark.parametrize(
    ("error", "said"),
    [(TRACE, "planted reason"), ("", "It was stopped while it ran."),
     ("x\nfrontdesk.core.errors.Invalid: : The file is gone.", "The file is gone.")],
)  # fmt: skip
def test_reasons_are_in_words(error, said):
    assert said in reason(error)
