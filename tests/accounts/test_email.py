"""Another address to sign in with counts once it is confirmed there; nobody learns who else signs in (P10)."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from frontdesk.accounts import actions, queries
from frontdesk.accounts.models import User
from frontdesk.core.errors import Conflict, Invalid
from frontdesk.core.tenancy.context import account_context

from ..cast import PASSWORD
from .helpers import is_signed_in, link_in, mailed, sign_in_with, verbs


def ask(browser, email: str, password: str = PASSWORD):
    """Ask for an address on the profile."""
    return browser.post(reverse("accounts:profile_email"), {"email": email, "current_password": password})


def test_it_takes_the_password(cast, browser_of):
    wrong = ask(browser_of(cast.sam), "sam@new.example", "wrong")
    assert wrong.status_code == 422 and 'value="sam@new.example"' in wrong.content.decode() and mailed() == []


def test_it_counts_once_it_is_confirmed_there_and_the_old_one_is_told(cast, browser_of):
    browser = browser_of(cast.sam)
    assert ask(browser, "Sam@New.example").status_code == 302
    assert "sam@new.example" in browser.get("/me/").content.decode() and is_signed_in(
        sign_in_with("sam@folio.example")[1]
    )
    sent = mailed()
    assert [mail.to for mail in sent] == [["sam@new.example"]]
    path, visitor = link_in(sent[0]), Browser()
    assert visitor.get(path).status_code == 200 and not is_signed_in(sign_in_with("sam@new.example")[1])
    assert visitor.post(path).status_code == 200 and is_signed_in(sign_in_with("sam@new.example")[1])
    assert mailed()[-1].to == ["sam@folio.example"] and not is_signed_in(sign_in_with("sam@folio.example")[1])
    assert visitor.post(path).status_code == 404 and verbs(cast.account)[-1] == "profile.email_changed"


def test_an_address_of_someone_else_gets_the_same_answer_and_its_owner_is_told(cast, browser_of):
    known, unknown = ask(browser_of(cast.sam), "olga@other.example"), ask(browser_of(cast.cora), "new@other.example")
    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])
    said = {mail.to[0]: mail.body for mail in mailed()}
    assert "already" in said["olga@other.example"] and "/email/" not in said["olga@other.example"]
    assert "/email/" in said["new@other.example"]


def test_an_address_that_was_taken_meanwhile_is_refused(within):
    change = actions.change_email(within.sam, email="late@new.example", current_password=PASSWORD)
    User.objects.create_user(email="late@new.example", password=PASSWORD)
    with pytest.raises(Conflict):
        actions.confirm_email(change)
    assert User.objects.get(pk=within.sam.user_id).email == "sam@folio.example"


def test_an_old_link_and_one_that_was_replaced_no_longer_work(cast, browser_of):
    browser = browser_of(cast.sam)
    ask(browser, "first@new.example")
    first = link_in(mailed()[0])
    ask(browser, "second@new.example")
    second = link_in(mailed()[-1])
    assert Browser().post(first).status_code == 404
    with time_machine.travel(timezone.now() + timedelta(days=3, minutes=1)):
        assert Browser().post(second).status_code == 404


def test_it_can_be_withdrawn(cast, browser_of):
    browser = browser_of(cast.sam)
    ask(browser, "first@new.example")
    path = link_in(mailed()[0])
    assert browser.post(reverse("accounts:profile_email_cancel")).status_code == 302
    assert Browser().get(path).status_code == 404
    with account_context(cast.account):
        assert queries.pending_email(cast.sam) == ""


def test_giving_it_up_takes_a_username_and_counts_at_once(within):
    with pytest.raises(Invalid):
        actions.change_email(within.sam, email="", current_password=PASSWORD)
    User.objects.filter(pk=within.sam.user_id).update(username="sam.w")
    within.sam.user.refresh_from_db()
    assert actions.change_email(within.sam, email="", current_password=PASSWORD) is None
    assert User.objects.get(pk=within.sam.user_id).email is None


def test_the_api_says_what_waits(cast, api_of):
    body = {"email": "sam@new.example", "current_password": PASSWORD}
    me = api_of(cast.sam).patch("/api/v1/me", body, content_type="application/json").json()
    assert (me["email"], me["pending_email"]) == ("sam@folio.example", "sam@new.example")


def test_asking_again_and_again_is_limited(cast, browser_of):
    browser = browser_of(cast.sam)
    answers = [ask(browser, f"n{number}@new.example") for number in range(11)]
    assert "Too many tries" in answers[-1].content.decode()


def test_nothing_waits_for_anybody_else(within):
    actions.change_email(within.sam, email="sam@new.example", current_password=PASSWORD)
    assert queries.pending_email(within.cora) == ""
