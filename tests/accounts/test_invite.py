"""Inviting people (P3, P4)."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from frontdesk.accounts import actions, queries
from frontdesk.accounts.actions.members import PersonInput
from frontdesk.accounts.models import Invitation, Member
from frontdesk.core.errors import Conflict, Forbidden, Invalid, Missing
from frontdesk.core.jobs.models import QueuedJob

from .helpers import link_in, mailed, verbs

NINA = PersonInput("Nina Pop", "staff", "Nina@Example.com")
LATER = timedelta(days=8)


def _sent(member: Member) -> Invitation:
    return queries.invitation_states([member.pk])[member.pk]


def test_an_admin_invites_a_colleague_by_mail(within):
    member = actions.invite_member(within.ana, NINA)
    message = mailed()[0]
    assert message.to == ["nina@example.com"] and "Folio Repairs" in message.subject
    assert message.reply_to == ["ana@folio.example"] and settings.PUBLIC_URL in message.body
    assert (member.status, _sent(member).status, verbs(within.account)[-1]) == ("invited", "pending", "member.invited")


def test_only_a_hash_of_the_secret_is_stored_anywhere(within):
    member = actions.invite_member(within.ana, NINA)
    secret = link_in(mailed()[0]).rstrip("/").partition("_")[2]
    stored = [_sent(member).token_hash, *map(str, QueuedJob.objects.values_list("arguments", flat=True))]
    assert len(secret) > 40 and all(secret not in text for text in stored)


def test_staff_and_coworkers_do_not_invite_colleagues(within):
    for actor in (within.sam, within.cora, within.mia):
        with pytest.raises(Forbidden):
            actions.invite_member(actor, NINA)


def test_portal_roles_are_not_invited_as_colleagues(within):
    with pytest.raises(Invalid) as refused:
        actions.invite_member(within.ana, PersonInput("Nina", "client", "nina@example.com"))
    assert set(refused.value.errors) == {"role"}


@pytest.mark.parametrize("email", ["sam@folio.example", "SAM@folio.example", "mia@folio.example"])
def test_an_address_that_belongs_to_someone_here_is_refused(within, email):
    with pytest.raises(Invalid) as refused:
        actions.invite_member(within.ana, PersonInput("Nina", "staff", email))
    assert set(refused.value.errors) == {"email"}


def test_all_that_is_wrong_is_said_at_once(within):
    with pytest.raises(Invalid) as refused:
        actions.invite_member(within.ana, PersonInput("", "boss", "nowhere", phone="abc"))
    assert set(refused.value.errors) == {"name", "role", "email", "phone"}


def test_a_pending_invitation_is_sent_once_more_with_a_new_link(within):
    invitation = _sent(actions.invite_member(within.ana, NINA))
    mailed()
    actions.resend(within.ana, invitation)
    links = [link_in(message) for message in mailed()]
    assert len(links) == 2 and links[0] != links[1]


def test_an_expired_invitation_is_not_resent_but_replaced(within):
    invitation = _sent(actions.invite_member(within.ana, NINA))
    with pytest.raises(Conflict):
        actions.reinvite(within.ana, invitation)
    with time_machine.travel(timezone.now() + LATER, tick=False):
        assert invitation.status == "expired"
        with pytest.raises(Conflict):
            actions.resend(within.ana, invitation)
        again = actions.reinvite(within.ana, invitation)
    assert again.pk != invitation.pk and again.email == invitation.email == "nina@example.com"


def test_an_expired_invitation_is_not_mailed_by_a_late_job(within):
    actions.invite_member(within.ana, NINA)
    with time_machine.travel(timezone.now() + LATER, tick=False):
        assert mailed() == []


def test_a_withdrawn_invitation_reads_as_expired_and_sends_nothing(within):
    invitation = _sent(actions.invite_member(within.ana, NINA))
    assert actions.withdraw(within.ana, invitation).status == "expired" and mailed() == []


def test_a_link_can_be_handed_over_and_ends_the_earlier_one(within, client):
    member = actions.invite_member(within.ana, NINA)
    first = link_in(mailed()[0])
    link = actions.issue_link(within.ana, member)
    assert link.startswith(settings.PUBLIC_URL)
    assert (
        client.get(first).status_code == 404 and client.get(link.removeprefix(settings.PUBLIC_URL)).status_code == 200
    )


def test_a_portal_person_is_reused_and_a_colleagues_address_refused(within):
    again = actions.portal_member(within.sam, email="MIA@folio.example", name="Mia", role="client")
    assert again.pk == within.mia.pk and not mail.outbox
    with pytest.raises(Invalid) as refused:
        actions.portal_member(within.sam, email="cora@folio.example", name="Cora", role="client")
    assert set(refused.value.errors) == {"email"}


def test_a_client_brings_a_guest_but_a_guest_brings_nobody(within):
    assert actions.portal_member(within.mia, email="g@example.com", name="Gus", role="guest").status == "invited"
    with pytest.raises(Forbidden):
        actions.portal_member(within.greta, email="h@example.com", name="Hal", role="guest")
    with pytest.raises(Invalid):
        actions.portal_member(within.mia, email="i@example.com", name="Ivo", role="admin")


def test_nobody_invites_into_another_account(within):
    with pytest.raises(Missing):
        actions.send_invitation(within.ana, within.other.people["oscar"])


def test_the_page_invites_and_keeps_what_was_typed_when_wrong(cast, browser_of):
    browser, address = browser_of(cast.ana), reverse("accounts:person_new")
    typed = {"name": "Nina Pop", "email": "nina@example.com", "role": "coworker", "method": "mail"}
    wrong = browser.post(address, {**typed, "email": "sam@folio.example"})
    assert wrong.status_code == 422 and 'value="Nina Pop"' in wrong.content.decode()
    answer = browser.post(address, typed)
    assert answer.headers["Location"] == reverse("accounts:member", args=[Member.objects.get(name="Nina Pop").pk])
    assert mailed()[0].to == ["nina@example.com"]


def test_the_page_shows_a_link_or_a_password_once(cast, browser_of):
    browser, address = browser_of(cast.ana), reverse("accounts:person_new")
    linked = browser.post(address, {"name": "A", "email": "a@example.com", "role": "staff", "method": "link"})
    assert settings.PUBLIC_URL + "/invitation/" in linked.content.decode()
    given = browser.post(address, {"name": "B", "username": "bertie", "role": "staff", "method": "password"})
    assert "bertie" in given.content.decode() and given.headers["Cache-Control"] == "no-store"
    assert mailed() == []


def test_the_page_without_a_mail_server_offers_the_link(cast, browser_of, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    shown = browser_of(cast.ana).get(reverse("accounts:person_new")).content.decode()
    assert "No mail server is set up" in shown


def test_the_api_invites_resends_and_withdraws(cast, api_of):
    api = api_of(cast.ana)
    made = api.post("/api/v1/members", {"name": "Nina", "role": "staff", "email": "nina@example.com"})
    assert made.status_code == 201 and made.json()["state"] == "pending" and not made.json().get("link")
    sent = api.get("/api/v1/invitations").json()["data"][0]
    assert sent["email"] == "nina@example.com" and "token" not in str(sent)
    assert api.post(f"/api/v1/invitations/{sent['id']}/resend").status_code == 200
    assert api.post(f"/api/v1/invitations/{sent['id']}/again").status_code == 409
    assert api.post(f"/api/v1/invitations/{sent['id']}/withdraw").json()["status"] == "expired"
    assert api.post(f"/api/v1/invitations/{sent['id']}/resend").status_code == 409
    assert api.post(f"/api/v1/invitations/{sent['id']}/again").status_code == 201


def test_the_api_repeats_an_invitation_with_the_same_key_only_once(cast, api_of):
    api, body = api_of(cast.ana), {"name": "Nina", "role": "staff", "email": "nina@example.com"}
    answers = [api.post("/api/v1/members", body, headers={"Idempotency-Key": "k1"}) for _try in range(2)]
    assert answers[0].json() == answers[1].json() and len(mailed()) == 1


def test_the_api_takes_no_fields_that_it_does_not_offer(cast, api_of):
    body = {
        "name": "N",
        "role": "staff",
        "email": "n@example.com",
        "account_id": str(cast.other.account.pk),
        "status": "active",
    }
    answer = api_of(cast.ana).post("/api/v1/members", body)
    assert answer.status_code == 422
    assert {error["field"] for error in answer.json()["errors"]} == {"account_id", "status"}
