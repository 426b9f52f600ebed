"""Accepting an invitation (P3, P4, P11)."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from frontdesk.accounts import actions
from frontdesk.accounts.actions.members import PersonInput
from frontdesk.accounts.models import Member, User
from frontdesk.core.tenancy.context import account_context

from ..cast import PASSWORD
from .helpers import is_signed_in, link_in, mailed, sign_in_with, verbs

NEW = "seven brown chairs"
TYPED = {"name": "Nina Popa", "password": NEW, "language": "en"}


def invited(cast, email="nina@example.com", role="staff") -> tuple[Member, str]:
    """A colleague of Ana's and the path of their link."""
    with account_context(cast.account):
        member = actions.invite_member(cast.ana, PersonInput("Nina Pop", role, email))
    return member, link_in(mailed()[-1])


def test_nina_registers_and_is_signed_in(cast):
    member, link = invited(cast)
    browser = Browser()
    shown = browser.get(link).content.decode()
    assert "Folio Repairs" in shown and "Staff" in shown and 'value="Nina Pop"' in shown
    assert browser.post(link, TYPED).headers["Location"] == "/" and is_signed_in(browser)
    member.refresh_from_db()
    assert (member.status, member.name, member.user.email) == ("active", "Nina Popa", "nina@example.com")
    assert verbs(cast.account)[-1] == "member.registered" and is_signed_in(sign_in_with("nina@example.com", NEW)[1])


def test_looking_at_the_link_does_not_use_it_up(cast):
    _member, link = invited(cast)
    scanner = Browser()
    assert [scanner.head(link).status_code, scanner.get(link).status_code] == [200, 200]
    assert Browser().post(link, TYPED).status_code == 302


def test_a_link_works_once_and_says_so(cast):
    _member, link = invited(cast)
    browser = Browser()
    browser.post(link, TYPED)
    assert browser.post(link, TYPED).headers["Location"] == "/"
    again = Browser().post(link, {**TYPED, "password": "another long one"})
    assert again.status_code == 410 and "used already" in again.content.decode()
    assert User.objects.filter(email="nina@example.com").count() == 1
    assert is_signed_in(sign_in_with("nina@example.com", NEW)[1])


def test_an_expired_link_says_to_ask_for_a_new_one(cast):
    _member, link = invited(cast)
    with time_machine.travel(timezone.now() + timedelta(days=8), tick=False):
        for answer in (Browser().get(link), Browser().post(link, TYPED)):
            assert answer.status_code == 410 and "Ask Folio Repairs" in answer.content.decode()
    assert not User.objects.filter(email="nina@example.com").exists()


def test_switching_off_ends_the_invitation(cast):
    member, link = invited(cast)
    with account_context(cast.account):
        actions.deactivate(cast.ana, member)
    assert Browser().post(link, TYPED).status_code == 410


@pytest.mark.parametrize("token", ["x", "0" * 32 + "_secret", "é", "%00", "fd_" + "0" * 32 + "_x"])
def test_an_unknown_link_is_answered_plainly(cast, token):
    assert Browser().get(f"/invitation/{token}/").status_code == 404


def test_a_link_cannot_be_moved_to_another_account(cast):
    _member, link = invited(cast)
    moved = link.replace(cast.account.pk.hex, cast.other.account.pk.hex)
    assert moved != link and Browser().get(moved).status_code == 404


def test_a_weak_password_is_refused_and_the_name_stays(cast):
    _member, link = invited(cast)
    answer = Browser().post(link, {**TYPED, "password": "short"})
    assert answer.status_code == 422 and 'value="Nina Popa"' in answer.content.decode()
    assert Browser().post(link, TYPED).status_code == 302


def test_someone_who_signs_in_elsewhere_joins_with_their_own_password(cast):
    member, link = invited(cast, "oscar@other.example")
    shown = Browser().get(link).content.decode()
    assert 'name="name"' not in shown and "already" in shown
    browser = Browser()
    assert browser.post(link, {"password": "wrong password"}).status_code == 422
    assert browser.post(link, {"password": PASSWORD}).status_code == 302
    member.refresh_from_db()
    assert (
        member.user_id == cast.other.people["oscar"].user_id and "Folio Repairs" in browser.get("/me/").content.decode()
    )


def test_an_invitation_never_overwrites_a_user(cast):
    _member, link = invited(cast, "oscar@other.example")
    Browser().post(link, {"name": "Mallory", "password": NEW, "language": "en"})
    user = User.objects.get(email="oscar@other.example")
    assert user.check_password(PASSWORD) and user.name == "Oscar"


def test_guessing_the_password_behind_a_link_is_limited(cast):
    _member, link = invited(cast, "oscar@other.example")
    answers = [Browser().post(link, {"password": f"guess {n}"}).content.decode() for n in range(6)]
    assert "Too many failed tries" in answers[-1]


def test_who_is_signed_in_already_joins_with_one_click(cast, browser_of):
    _member, link = invited(cast, "oscar@other.example")
    browser = browser_of(cast.other.people["oscar"])
    assert 'type="password"' not in browser.get(link).content.decode()
    assert browser.post(link).status_code == 302
    assert "Folio Repairs" in browser.get("/me/").content.decode()


def test_registering_over_someone_elses_session_signs_them_out(cast, browser_of):
    _member, link = invited(cast)
    browser = browser_of(cast.sam)
    browser.post(link, TYPED)
    assert 'value="Nina Popa"' in browser.get(reverse("accounts:profile")).content.decode()
