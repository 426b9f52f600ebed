"""The set-up page of an empty installation (P1, issue-wide: first account and first admin)."""

import pytest
from django.test import Client as Browser
from django.urls import reverse

from frontdesk.accounts import actions
from frontdesk.accounts.actions.setup import AccountInput, AdminInput
from frontdesk.accounts.models import Account, Member, User
from frontdesk.core.errors import Missing

from .helpers import verbs

TYPED = {
    "business": "Atelier Mihai", "name": "Mihai Pop", "email": "Mihai@Example.com", "password": "a quiet green lamp",
    "language": "en", "country": "RO", "time_zone": "Europe/Bucharest", "currency": "RON",
}  # fmt: skip


@pytest.fixture
def browser(db):
    return Browser()


def test_an_empty_installation_leads_everyone_to_the_set_up_page(browser):
    answer = browser.get("/", follow=True)
    assert answer.redirect_chain[-1][0] == reverse("accounts:setup") and answer.status_code == 200


def test_the_page_guesses_the_region_from_the_browser(browser):
    shown = browser.get(reverse("accounts:setup"), headers={"accept-language": "fr-CA,fr;q=0.9"}).content.decode()
    assert '<option value="CA" selected>' in shown and '<option value="CAD" selected>' in shown


def test_setting_up_makes_the_account_and_signs_its_admin_in(browser):
    answer = browser.post(reverse("accounts:setup"), TYPED)
    assert answer.status_code == 302 and answer.headers["Location"] == "/"
    member = Member.objects.get()
    assert (member.role, member.user.email, member.account.time_zone) == (
        "admin",
        "mihai@example.com",
        "Europe/Bucharest",
    )
    assert "Atelier Mihai" in browser.get("/").content.decode()
    assert verbs(member.account) == ["account.created"]


def test_every_wrong_field_is_named_and_what_was_typed_stays(browser):
    answer = browser.post(reverse("accounts:setup"), {**TYPED, "password": "short", "currency": "XXX", "email": "no"})
    shown = answer.content.decode()
    assert answer.status_code == 422 and 'value="Atelier Mihai"' in shown and not Account.objects.exists()
    assert set(answer.context["form"].errors if answer.context else []) <= {"password", "currency", "email"}
    assert all(f'id="id_{name}-error"' in shown for name in ("currency", "email"))


def test_a_weak_password_is_refused_with_the_reason(browser):
    answer = browser.post(reverse("accounts:setup"), {**TYPED, "password": "mihai pop"})
    assert answer.status_code == 422 and 'id="id_password-error"' in answer.content.decode()


def test_once_there_is_an_account_the_page_is_gone_for_everybody(cast, browser_of):
    for browser in (Browser(), browser_of(cast.ana)):
        assert browser.get(reverse("accounts:setup")).status_code == 404
        assert browser.post(reverse("accounts:setup"), TYPED).status_code == 404
        assert browser.post(reverse("accounts:setup_demo")).status_code == 404
    assert not User.objects.filter(email="mihai@example.com").exists()


def test_of_two_who_set_up_only_the_first_does(db):
    account = AccountInput("One", "en", "UTC", "EUR")
    actions.set_up(account, AdminInput("A Person", "a@example.com", "a quiet green lamp"))
    with pytest.raises(Missing):
        actions.set_up(account, AdminInput("B Person", "b@example.com", "a quiet green lamp"))
    assert Account.objects.count() == 1


def test_the_demo_button_fills_a_business_in_the_visitors_language(browser):
    browser.cookies["frontdesk_language"] = "en"
    answer = browser.post(reverse("accounts:setup_demo"), follow=True)
    shown = answer.content.decode()
    assert answer.status_code == 200 and Member.objects.filter(role="coworker").count() == 4
    assert all(member.email in shown for member in Member.objects.filter(role__in=("admin", "staff")))
