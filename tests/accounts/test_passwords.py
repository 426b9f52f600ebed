"""Forgotten, changed and temporary passwords (P5, P6, P10)."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from frontdesk.accounts import actions
from frontdesk.accounts.models import User
from frontdesk.core.errors import Conflict, Forbidden, Invalid
from frontdesk.core.tenancy.context import account_context

from ..cast import PASSWORD
from .helpers import is_signed_in, link_in, mailed, sign_in_with

NEW = "seven brown chairs"


def _ask(email: str, **extra):
    return Browser().post(reverse("account_reset_password"), {"email": email}, **extra)


def test_a_forgotten_password_is_replaced_through_the_mailed_link(cast):
    _ask("sam@folio.example")
    message = mailed()[0]
    assert message.to == ["sam@folio.example"] and message.alternatives[0].mimetype == "text/html"
    browser = Browser()
    form = browser.get(link_in(message), follow=True)
    answer = browser.post(form.redirect_chain[-1][0], {"password": NEW})
    assert answer.status_code == 302 and is_signed_in(sign_in_with("sam@folio.example", NEW)[1])


def test_the_link_works_once_and_ends_open_sessions(cast, browser_of):
    open_session = browser_of(cast.sam)
    _ask("sam@folio.example")
    link, browser = link_in(mailed()[0]), Browser()
    browser.post(browser.get(link, follow=True).redirect_chain[-1][0], {"password": NEW})
    assert not is_signed_in(open_session)
    assert "no longer works" in Browser().get(link, follow=True).content.decode()


def test_known_and_unknown_addresses_get_the_same_answer(cast):
    known, unknown = _ask("sam@folio.example"), _ask("nobody@folio.example")
    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])
    assert [message.to for message in mailed()] == [["sam@folio.example"]]


def test_links_in_mails_ignore_the_host_header(cast):
    _ask("sam@folio.example", HTTP_HOST="evil.example")
    assert settings.PUBLIC_URL in mailed()[0].body and "evil.example" not in mailed()[0].body


def test_the_mail_speaks_the_readers_language(cast):
    User.objects.filter(pk=cast.sam.user_id).update(language="fr")
    _ask("sam@folio.example", headers={"accept-language": "en"})
    assert 'lang="fr"' in mailed()[0].alternatives[0].content


def test_asking_too_often_is_stopped(cast):
    assert [_ask("sam@folio.example").status_code for _try in range(4)][-1] == 429


def test_a_weak_new_password_is_refused(cast):
    _ask("sam@folio.example")
    browser = Browser()
    form = browser.get(link_in(mailed()[0]), follow=True).redirect_chain[-1][0]
    assert browser.post(form, {"password": "password"}).status_code == 422
    assert is_signed_in(sign_in_with("sam@folio.example")[1])


def test_changing_the_password_keeps_this_session_and_ends_the_others(cast):
    here, there = sign_in_with("sam@folio.example")[1], sign_in_with("sam@folio.example")[1]
    answer = here.post(reverse("account_change_password"), {"current": PASSWORD, "password": NEW})
    assert answer.status_code == 302 and is_signed_in(here) and not is_signed_in(there)


def test_changing_the_password_takes_the_current_one_and_another_new_one(cast, browser_of):
    browser, address = browser_of(cast.sam), reverse("account_change_password")
    assert browser.post(address, {"current": "wrong", "password": NEW}).status_code == 422
    assert browser.post(address, {"current": PASSWORD, "password": PASSWORD}).status_code == 422
    assert is_signed_in(sign_in_with("sam@folio.example")[1])


@pytest.fixture
def temporary(cast):
    """Cole's temporary password."""
    with account_context(cast.account):
        return actions.reset_password(cast.ana, cast.cole)


def test_a_temporary_password_must_be_changed_before_anything_else(cast, temporary):
    _answer, browser = sign_in_with("cole@folio.example", temporary)
    for somewhere in ("/", reverse("accounts:profile")):
        assert browser.get(somewhere).headers["Location"] == reverse("account_change_password")
    same = browser.post(reverse("account_change_password"), {"password": temporary})
    assert same.status_code == 422
    assert browser.post(reverse("account_change_password"), {"password": NEW}).status_code == 302
    assert is_signed_in(browser)


def test_a_temporary_password_expires(cast, temporary):
    with time_machine.travel(timezone.now() + timedelta(days=8), tick=False):
        answer, browser = sign_in_with("cole@folio.example", temporary)
        assert "has expired" in answer.content.decode() and not is_signed_in(browser)


def test_a_temporary_password_ends_the_sessions_of_the_old_one(cast, browser_of):
    browser = browser_of(cast.cole)
    with account_context(cast.account):
        actions.reset_password(cast.ana, cast.cole)
    assert not is_signed_in(browser)


def test_staff_do_not_replace_the_password_of_colleagues(within):
    with pytest.raises(Forbidden):
        actions.reset_password(within.sam, within.ana)


def test_the_password_of_someone_who_belongs_elsewhere_too_is_theirs_alone(cast):
    cast.other.people["oscar"].user = cast.cole.user
    cast.other.people["oscar"].save()
    with account_context(cast.account), pytest.raises(Conflict):
        actions.reset_password(cast.ana, cast.cole)
    assert is_signed_in(sign_in_with("cole@folio.example")[1])


def test_a_username_and_a_temporary_password_let_a_client_in(within):
    member = actions.portal_member(within.sam, email="", name="Nora Client", role="client")
    password = actions.give_sign_in(within.sam, member, username="Nora")
    answer, browser = sign_in_with("nora", password)
    assert answer.status_code == 302
    assert browser.get("/").headers["Location"] == reverse("account_change_password")


def test_a_taken_username_is_refused_by_name(within):
    User.objects.filter(pk=within.mia.user_id).update(username="mia")
    member = actions.portal_member(within.sam, email="", name="Mia Two", role="client")
    with pytest.raises(Invalid) as refused:
        actions.give_sign_in(within.sam, member, username="MIA")
    assert set(refused.value.errors) == {"username"}


def test_taking_sign_in_away_reaches_open_sessions_and_frees_the_address(within, browser_of, api_of):
    browser, api = browser_of(within.mia), api_of(within.mia)
    assert api.get("/api/v1/me").status_code == 200
    actions.take_sign_in(within.sam, within.mia)
    assert not is_signed_in(browser) and api.get("/api/v1/me").status_code == 401
    assert not User.objects.filter(email="mia@folio.example").exists()


def test_taking_sign_in_away_leaves_other_accounts_alone(cast):
    zed = cast.other.people["zed"]
    zed.user = cast.mia.user
    zed.save()
    with account_context(cast.account):
        actions.take_sign_in(cast.sam, cast.mia)
    assert is_signed_in(sign_in_with("mia@folio.example")[1])


def test_the_api_changes_ones_own_password(cast, api_of):
    api = api_of(cast.sam)
    wrong = api.post("/api/v1/me/password", {"current_password": "wrong", "password": NEW})
    assert wrong.status_code == 422 and wrong.json()["errors"][0]["field"] == "current_password"
    assert api.post("/api/v1/me/password", {"current_password": PASSWORD, "password": NEW}).status_code == 204
    assert is_signed_in(sign_in_with("sam@folio.example", NEW)[1]) and not mail.outbox
