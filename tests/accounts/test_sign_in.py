"""Signing in with e-mail or username (P6, P7, P10)."""

import pytest
from django.test import Client as Browser
from django.urls import reverse

from frontdesk.accounts import actions
from frontdesk.accounts.models import MemberStatus, User
from frontdesk.core.tenancy.context import account_context

from ..cast import PASSWORD
from .helpers import is_signed_in, sign_in_with

WRONG = "The sign-in name or the password is not right."


def test_sam_signs_in_with_the_address_in_any_case(cast):
    answer, browser = sign_in_with("  SAM@folio.example ")
    assert answer.status_code == 302 and answer.headers["Location"] == "/" and is_signed_in(browser)


def test_sam_signs_in_with_a_username(cast):
    User.objects.filter(pk=cast.sam.user_id).update(username="sam.w")
    assert is_signed_in(sign_in_with("Sam.W")[1])


def test_the_browser_is_remembered(cast):
    _answer, browser = sign_in_with("sam@folio.example")
    assert browser.cookies["frontdesk_session"]["max-age"] > 30 * 24 * 3600


@pytest.mark.parametrize("login", ["sam@folio.example", "nobody@folio.example", "nobody", ""])
def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(cast, login):
    answer, browser = sign_in_with(login, "wrong password")
    assert answer.status_code == 422 and (not login or WRONG in answer.content.decode()) and not is_signed_in(browser)


def test_what_was_typed_stays_but_never_the_password(cast):
    shown = sign_in_with("sam@folio.example", "wrong password")[0].content.decode()
    assert 'value="sam@folio.example"' in shown and "wrong password" not in shown


def test_a_deactivated_person_is_told_so_after_the_right_password_only(cast):
    assert "switched off" in sign_in_with("dora@folio.example")[0].content.decode()
    assert "switched off" not in sign_in_with("dora@folio.example", "wrong password")[0].content.decode()


def test_whoever_tries_another_login_is_not_stopped_by_failures_elsewhere(cast):
    for _try in range(6):
        stopped, _browser = sign_in_with("sam@folio.example", "wrong password", REMOTE_ADDR="203.0.113.9")
    assert "Too many failed tries" in stopped.content.decode()
    answer, browser = sign_in_with("sam@folio.example", REMOTE_ADDR="198.51.100.7")
    assert answer.status_code == 302 and is_signed_in(browser)


def test_guessing_many_logins_from_one_address_is_stopped(cast):
    answers = [sign_in_with(f"guess{n}", "wrong password")[0] for n in range(12)]
    assert "Too many failed tries" in answers[-1].content.decode()


@pytest.mark.parametrize("where", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"])
def test_signing_in_never_leads_to_another_site(cast, where):
    answer = Browser().post(
        reverse("account_login"), {"login": "sam@folio.example", "password": PASSWORD, "next": where}
    )
    assert answer.status_code == 302 and answer.headers["Location"] == "/"


def test_signing_in_leads_back_to_where_one_wanted_to_go(cast):
    wanted = Browser().get(reverse("accounts:people"))
    assert wanted.headers["Location"].endswith("?next=%2Fpeople%2F")
    browser = Browser()
    shown = browser.get(wanted.headers["Location"]).content.decode()
    assert 'name="next" value="/people/"' in shown
    answer = browser.post(
        reverse("account_login"), {"login": "sam@folio.example", "password": PASSWORD, "next": "/people/"}
    )
    assert answer.headers["Location"] == "/people/"


def test_deactivation_ends_an_open_session_with_its_next_request(cast):
    _answer, browser = sign_in_with("cole@folio.example")
    assert is_signed_in(browser)
    with account_context(cast.account):
        actions.deactivate(cast.ana, cast.cole)
    assert not is_signed_in(browser)
    assert browser.get("/", follow=True).status_code == 200


def test_activation_restores(cast):
    with account_context(cast.account):
        actions.activate(cast.ana, cast.dora)
    assert cast.dora.status == MemberStatus.ACTIVE and is_signed_in(sign_in_with("dora@folio.example")[1])


def test_signing_out_takes_a_post(cast, browser_of):
    browser = browser_of(cast.sam)
    assert browser.get(reverse("account_logout")).status_code == 200 and is_signed_in(browser)
    assert browser.post(reverse("account_logout")).status_code == 302 and not is_signed_in(browser)


def test_the_library_offers_nothing_else(cast):
    for closed in ("/accounts/signup/", "/signup/", "/email/", "/accounts/email/"):
        assert Browser().get(closed).status_code == 404


def test_the_pages_speak_the_visitors_language_and_keep_the_choice(cast):
    browser = Browser()
    answer = browser.post(reverse("accounts:language"), {"language": "en", "next": "/sign-in/"})
    assert answer.headers["Location"] == "/sign-in/" and browser.cookies["frontdesk_language"].value == "en"
    assert browser.post(reverse("accounts:language"), {"language": "xx"}).status_code == 400
    away = browser.post(reverse("accounts:language"), {"language": "en", "next": "https://evil.example/"})
    assert away.headers["Location"] == "/"
