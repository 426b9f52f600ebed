"""Second factors: an app with codes, recovery codes, what the account asks for, and what someone lost (P10)."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client as Browser
from django.urls import reverse

from frontdesk.accounts import actions
from frontdesk.accounts.models import Account, Member
from frontdesk.accounts.signin import factors
from frontdesk.core.errors import Conflict, Invalid, Missing
from frontdesk.core.tenancy.context import account_context

from ..cast import PASSWORD
from .helpers import is_signed_in, mailed, sign_in_with, verbs

SECOND = "/sign-in/second/"


def code_of(secret: str, steps: int = 0) -> str:
    """What an app with that secret shows."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


@pytest.fixture
def with_app(cast):
    """Sam's secret and recovery codes."""
    secret = factors.new_secret()
    with account_context(cast.account):
        codes = actions.add_app(cast.sam, secret=secret, code=code_of(secret))
    return secret, codes


def test_an_app_is_set_up_in_the_profile_after_the_password(cast, browser_of):
    browser, address = browser_of(cast.sam), reverse("accounts:factor_app")
    assert browser.get(address).headers["Location"].startswith(reverse("accounts:confirm"))
    confirm = reverse("accounts:confirm")
    assert browser.post(confirm, {"password": "wrong", "next": address}).status_code == 422
    assert browser.post(confirm, {"password": PASSWORD, "next": address}).headers["Location"] == address
    shown = browser.get(address).content.decode()
    assert "data:image/svg+xml;base64," in shown and shown == re.sub(r"<script(?! [^>]*src)", "", shown)
    assert browser.post(address, {"code": "000000"}).status_code == 422
    secret = browser.session[factors.IN_SESSION]
    done = browser.post(address, {"code": code_of(secret)})
    assert (
        len(re.findall(r"<code>\d{4} \d{4}<", done.content.decode())) == 10
        and done.headers["Cache-Control"] == "no-store"
    )
    assert "profile.factor_added" in verbs(cast.account)
    assert "second factor was added" in mailed()[-1].body and mailed()[-1].to == ["sam@folio.example"]


def test_what_an_app_knows_is_kept_encrypted(cast, with_app):
    assert with_app[0] not in str(list(Authenticator.objects.values()))


def test_confirming_never_leads_to_another_site(cast, browser_of):
    typed = {"password": PASSWORD, "next": "https://evil.example/"}
    assert browser_of(cast.sam).post(reverse("accounts:confirm"), typed).headers["Location"] == "/me/security/"


def test_guessing_the_password_when_confirming_is_limited(cast, browser_of):
    browser = browser_of(cast.sam)
    answers = [browser.post(reverse("accounts:confirm"), {"password": "wrong"}) for _try in range(11)]
    assert "Too many tries" in answers[-1].content.decode()


def test_the_password_alone_lets_nobody_in(cast, with_app):
    answer, browser = sign_in_with("sam@folio.example")
    assert answer.headers["Location"] == SECOND and not is_signed_in(browser)
    wrong = browser.post(SECOND, {"code": "000000"})
    assert wrong.status_code == 422 and "not right" in wrong.content.decode() and not is_signed_in(browser)
    assert browser.post(SECOND, {"code": code_of(with_app[0])}).status_code == 302 and is_signed_in(browser)


def test_the_way_one_wanted_to_go_is_kept(cast, with_app):
    browser = Browser()
    typed = {"login": "sam@folio.example", "password": PASSWORD, "next": "/people/"}
    browser.post(reverse("account_login"), typed)
    assert browser.post(SECOND, {"code": code_of(with_app[0])}).headers["Location"] == "/people/"


def test_a_code_works_once_even_on_a_slow_clock(cast, with_app):
    code = code_of(with_app[0], -1)
    assert is_signed_in(_with_code(code)) and not is_signed_in(_with_code(code))
    cache_free = code_of(with_app[0])
    assert is_signed_in(_with_code(cache_free))


def _with_code(code: str) -> Browser:
    _answer, browser = sign_in_with("sam@folio.example")
    browser.post(SECOND, {"code": code})
    return browser


def test_a_recovery_code_works_once(cast, with_app):
    code = with_app[1][0]
    assert is_signed_in(_with_code(f"{code[:4]} {code[4:]}")) and not is_signed_in(_with_code(code))
    assert factors.factors_of(cast.sam.user)[-1].left == 9


def test_new_recovery_codes_end_the_former_ones(cast, with_app):
    with account_context(cast.account):
        codes = actions.new_codes(cast.sam)
    assert not is_signed_in(_with_code(with_app[1][0])) and is_signed_in(_with_code(codes[0]))


def test_guessing_codes_is_limited_for_each_person(cast, with_app):
    _answer, browser = sign_in_with("sam@folio.example")
    for number in range(6):
        said = browser.post(SECOND, {"code": f"00000{number}"}, REMOTE_ADDR=f"203.0.113.{number}")
    assert "Too many failed tries" in said.content.decode()
    assert not is_signed_in(_with_code(code_of(with_app[0])))


def test_the_second_step_alone_leads_to_the_first(cast):
    assert Browser().get(SECOND).headers["Location"] == reverse("account_login")


def test_a_new_password_by_mail_does_not_take_the_second_factor_away(cast, with_app):
    with account_context(cast.account):
        temporary = actions.reset_password(cast.ana, cast.sam)
    answer, browser = sign_in_with("sam@folio.example", temporary)
    assert answer.headers["Location"] == SECOND and not is_signed_in(browser)


def test_an_invitation_elsewhere_does_not_let_one_in_by_password_alone(cast, with_app):
    from frontdesk.accounts.actions.members import PersonInput

    with account_context(cast.other.account):
        member = actions.invite_member(cast.other.olga, PersonInput("Sam", "staff", "sam@folio.example"), mail=False)
        link = actions.issue_link(cast.other.olga, member)
    path, browser = "/" + link.split("/", 3)[3], Browser()
    shown = browser.get(path).content.decode()
    assert 'name="password"' not in shown and reverse("account_login") in shown
    browser.post(path, {"password": PASSWORD})
    assert not is_signed_in(browser) and not Member.objects.filter(pk=member.pk, user=cast.sam.user).exists()


def test_removing_the_last_one_takes_the_recovery_codes_too(cast, with_app, browser_of):
    browser = browser_of(cast.sam)
    app = factors.factors_of(cast.sam.user)[0]
    address = reverse("accounts:factor_remove", args=[app.id])
    assert browser.post(address).headers["Location"].startswith(reverse("accounts:confirm"))
    browser.post(reverse("accounts:confirm"), {"password": PASSWORD})
    assert browser.post(address).status_code == 302 and factors.factors_of(cast.sam.user) == []
    assert is_signed_in(sign_in_with("sam@folio.example")[1])


def test_nobody_removes_what_is_not_theirs(cast, with_app):
    app = factors.factors_of(cast.sam.user)[0]
    with account_context(cast.account), pytest.raises(Missing):
        actions.remove_factor(cast.cora, app)


def test_whoever_must_have_one_is_held_until_they_do(cast, browser_of):
    Account.objects.filter(pk=cast.account.pk).update(require_second_factor=True)
    held = browser_of(cast.sam)
    assert held.get("/clients/").headers["Location"] == reverse("accounts:security")
    assert "asks admins and staff" in held.get(reverse("accounts:security")).content.decode()
    assert browser_of(cast.cora).get("/clients/").status_code == 200
    secret = factors.new_secret()
    with account_context(cast.account):
        actions.add_app(cast.sam, secret=secret, code=code_of(secret))
    assert held.get("/clients/").status_code == 200


def test_the_last_one_stays_while_the_account_asks_for_it(cast, with_app):
    Account.objects.filter(pk=cast.account.pk).update(require_second_factor=True)
    with account_context(cast.account), pytest.raises(Conflict):
        actions.remove_factor(cast.sam, factors.factors_of(cast.sam.user)[0])
    assert len(factors.factors_of(cast.sam.user)) == 2


def test_an_admin_asks_for_it_once_they_have_one(cast, browser_of, api_of):
    browser, address = browser_of(cast.ana), reverse("accounts:sign_in_settings")
    refused = browser.post(address, {"require_second_factor": "on"})
    assert refused.status_code == 422 and "Set up your own" in refused.content.decode()
    api = api_of(cast.ana)
    body = {"require_second_factor": True}
    assert api.patch("/api/v1/account", body, content_type="application/json").status_code == 409
    secret = factors.new_secret()
    with account_context(cast.account):
        actions.add_app(cast.ana, secret=secret, code=code_of(secret))
    assert api.patch("/api/v1/account", body, content_type="application/json").json()["require_second_factor"] is True
    assert "account.factor_required" in verbs(cast.account)
    assert browser_of(cast.sam).get(address).status_code == 302


def test_an_admin_takes_a_lost_one_away(cast, with_app, browser_of, api_of):
    open_one = browser_of(cast.sam)
    assert api_of(cast.cora).delete(f"/api/v1/members/{cast.sam.pk}/factors").status_code == 403
    answer = browser_of(cast.ana).post(reverse("accounts:member_take_factors", args=[cast.sam.pk]))
    assert answer.status_code == 302 and not is_signed_in(open_one)
    assert is_signed_in(sign_in_with("sam@folio.example")[1]) and "member.factor_taken" in verbs(cast.account)
    assert api_of(cast.ana).delete(f"/api/v1/members/{cast.sam.pk}/factors").status_code == 409


def test_not_of_someone_who_also_belongs_elsewhere(cast, with_app):
    Member.objects.create(account=cast.other.account, user=cast.sam.user, role="staff", name="Sam", sort_name="sam")
    with account_context(cast.account), pytest.raises(Conflict):
        actions.take_factors(cast.ana, cast.sam)


def test_a_wrong_code_keeps_nothing(within):
    with pytest.raises(Invalid):
        actions.add_app(within.sam, secret=factors.new_secret(), code="12345678901234567890")
    assert factors.factors_of(within.sam.user) == []


def test_the_api_lists_them_without_their_secrets(cast, with_app, api_of):
    rows = api_of(cast.sam).get("/api/v1/me/factors").json()["data"]
    assert [(row["kind"], row["left"]) for row in rows] == [("totp", 0), ("recovery_codes", 10)]
    assert "secret" not in str(rows) and "seed" not in str(rows)


@pytest.mark.parametrize("sent", ["", "{}", "[]", "x", '"x"', "1", '{"id": 1, "response": "x"}', '{"response": {}}'])
def test_nonsense_in_place_of_a_passkey_is_refused(cast, sent):
    answer = Browser().post(reverse("passkey_sign_in"), {"credential": sent})
    assert answer.status_code == 422 and 'role="alert"' in answer.content.decode()


def test_tries_with_passkeys_are_limited(cast):
    answers = [Browser().post(reverse("passkey_sign_in"), {"credential": "{}"}) for _try in range(21)]
    assert answers[-1].status_code == 429
