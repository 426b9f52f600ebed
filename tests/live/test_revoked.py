"""M8, R3: within two seconds a stream ends, or tells nothing more of what may no longer be seen."""

import time

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.utils import timezone

from frontdesk.accounts import actions as accounts
from frontdesk.accounts import preview
from frontdesk.accounts.models import ApiToken, Session
from frontdesk.clients import actions as clients
from frontdesk.core.tenancy.context import account_context
from frontdesk.live.publishing import publish

from ..conftest import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
LIMIT = 2.0


@pytest.fixture
def within_folio(cast, server):
    """The first account's context."""
    with account_context(cast.account):
        yield cast


def key_of(member) -> str:
    return sign_in(member).session.session_key


class TestTheStreamEnds:
    """It says nothing more and the browser is told 401 when it comes back."""

    def test_when_the_person_signs_out(self, follow, cast):
        browser = sign_in(cast.sam)
        stream = follow(None, session=browser.session.session_key)
        other = follow("sam")
        browser.post("/sign-out/")
        stream.end_within(LIMIT)
        assert follow(None, session=browser.session.session_key or "gone", wait=False).status == 401
        time.sleep(1)
        assert not other.ended

    def test_when_the_session_is_ended_from_another_browser(self, follow, within_folio):
        key = key_of(within_folio.sam)
        stream, here = follow(None, session=key), follow("sam")
        accounts.end_session(within_folio.sam, Session.objects.get(session_key=key).public_id)
        stream.end_within(LIMIT)
        assert not here.ended

    def test_when_the_password_changes(self, follow, within_folio):
        stream = follow("sam")
        within_folio.sam.user.set_password("another correct horse")
        within_folio.sam.user.save()
        stream.end_within(LIMIT)

    def test_when_the_member_is_switched_off(self, follow, within_folio):
        stream = follow("sam")
        accounts.deactivate(within_folio.ana, within_folio.sam)
        stream.end_within(LIMIT)
        assert follow("sam", wait=False).status == 401

    def test_when_the_role_changes_and_the_next_one_is_of_the_new_role(self, follow, within_folio, tell):
        cast = within_folio
        stream = follow("sam", f"probe:{cast.victor.pk} me")
        accounts.change_role(cast.ana, cast.sam, "coworker")
        stream.end_within(LIMIT)
        assert follow("sam", f"probe:{cast.victor.pk}", wait=False).status == 404

    def test_when_the_token_is_revoked(self, follow_as_program, within_folio):
        stream = follow_as_program(within_folio.sam)
        accounts.revoke_token(within_folio.sam, ApiToken.objects.get(member=within_folio.sam))
        stream.end_within(LIMIT)
        assert follow_as_program(within_folio.sam, wait=False).status == 401

    def test_when_the_token_expires(self, follow_as_program, within_folio):
        stream = follow_as_program(within_folio.sam)
        ApiToken.objects.update(expires_at=timezone.now() + timezone.timedelta(seconds=1))
        stream.end_within(1 + LIMIT + 15)

    def test_when_a_second_factor_is_required_and_missing(self, follow, within_folio):
        stream = follow("sam")
        within_folio.account.require_second_factor = True
        within_folio.account.save()
        stream.end_within(LIMIT)


class TestTheTopicIsDropped:
    """The stream goes on with what may still be followed."""

    def dropped(self, stream, cast, topic: str):
        stream.got("dropped", seconds=LIMIT)
        with transaction.atomic():
            publish(cast.account.pk, topic, "told", {"n": 1})
            publish(cast.account.pk, f"me:{stream.member.pk}", "last", {})
        stream.got("last")
        assert stream.of("told") == []

    def test_when_a_coworker_serves_the_client_no_longer(self, follow, within_folio):
        cast, topic = within_folio, f"probe:{within_folio.maria.pk}"
        stream = follow("cora", f"me {topic}")
        stream.member = cast.cora
        clients.unassign(cast.sam, cast.maria, cast.cora.pk)
        self.dropped(stream, cast, topic)

    def test_when_portal_access_is_taken(self, follow, within_folio):
        cast, topic = within_folio, f"probe:{within_folio.maria.pk}"
        stream = follow("mia", f"me {topic}")
        stream.member = cast.mia
        clients.close_access(cast.sam, cast.maria, cast.mia.pk)
        stream.until(lambda: stream.ended or stream.of("dropped"), LIMIT)

    def test_in_the_very_transaction_in_which_something_is_told(self, follow, within_folio):
        """No moment is left in which the one who lost the right could still hear."""
        cast, topic = within_folio, f"probe:{within_folio.maria.pk}"
        stream = follow("cora", f"me {topic}")
        with transaction.atomic():
            clients.unassign(cast.sam, cast.maria, cast.cora.pk)
            publish(cast.account.pk, topic, "told", {"n": 1})
            publish(cast.account.pk, f"me:{cast.cora.pk}", "last", {})
        stream.got("last")
        assert stream.of("told") == []

    def test_of_a_group_the_one_topic_and_no_other(self, follow, within_folio, tell):
        cast = within_folio
        clients.assign(cast.sam, cast.victor, [cast.cora.pk])
        stream = follow("cora", "me probe")
        clients.unassign(cast.sam, cast.maria, cast.cora.pk)
        tell(f"probe:{cast.maria.pk}", n=1)
        tell(f"probe:{cast.victor.pk}", n=2)
        assert [event["n"] for event in stream.got("told")] == [2]

    def test_when_the_reactions_did_not_tell(self, follow, within_folio, monkeypatch):
        """The safety net: everybody is looked at again from time to time."""
        from frontdesk.clients.models import Assignment
        from frontdesk.live.streams import hub

        monkeypatch.setattr(hub, "RECHECK_SECONDS", 1.0)
        stream = follow("cora", f"me probe:{within_folio.maria.pk}")
        Assignment.objects.filter(member=within_folio.cora).delete()
        stream.got("dropped", seconds=4)


class TestSeeAs:
    """Through somebody's eyes one follows what they may, until it ends, and is not them."""

    def preview(self, cast, of, seconds: int = 3600) -> str:
        browser = sign_in(cast.ana)
        session: SessionBase = browser.session
        preview.begin(session, of)
        session[preview.UNTIL_KEY] = (timezone.now() + timezone.timedelta(seconds=seconds)).timestamp()
        session.save()
        return session.session_key

    def test_follows_what_the_person_may_and_no_more(self, follow, within_folio, tell):
        cast = within_folio
        key = self.preview(cast, cast.cora)
        assert follow(None, f"probe:{cast.victor.pk}", session=key, wait=False).status == 404
        stream = follow(None, f"probe:{cast.maria.pk}", session=key)
        tell(f"probe:{cast.maria.pk}")
        stream.got("told")

    def test_ends_with_the_preview(self, follow, within_folio):
        key = self.preview(within_folio, within_folio.cora)
        stream = follow(None, session=key)
        browser = sign_in(within_folio.ana)
        session = type(browser.session)(key)
        preview.end(session)
        session.save()
        stream.end_within(LIMIT)

    def test_ends_when_its_hour_is_over(self, follow, within_folio):
        stream = follow(None, session=self.preview(within_folio, within_folio.cora, seconds=1))
        stream.end_within(1 + LIMIT + 15)
