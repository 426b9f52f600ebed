"""One's own profile, preferences and accounts (P10, P11, A6)."""

import pytest
from django.urls import reverse

from frontdesk.accounts import actions
from frontdesk.accounts.actions.profile import ProfileInput
from frontdesk.accounts.models import Member, User
from frontdesk.core.errors import Invalid


def _typed(**changed) -> dict:
    return {
        "name": "Sam Ward",
        "username": "",
        "phone": "",
        "language": "",
        "time_zone": "",
        "theme": "auto",
        **changed,
    }


def test_everyone_changes_their_profile(cast, browser_of):
    for actor in (cast.sam, cast.cora, cast.mia, cast.greta):
        browser = browser_of(actor)
        answer = browser.post(reverse("accounts:profile"), _typed(time_zone="Asia/Tokyo", theme="dark", language="en"))
        actor.user.refresh_from_db()
        assert answer.status_code == 302 and (actor.user.time_zone, actor.user.theme) == ("Asia/Tokyo", "dark")
        assert 'data-theme="dark"' in browser.get(reverse("accounts:profile")).content.decode()


def test_wrong_values_are_named_and_kept(cast, browser_of):
    answer = browser_of(cast.sam).post(
        reverse("accounts:profile"), _typed(phone="abc", username="no spaces here", name="")
    )
    shown = answer.content.decode()
    assert answer.status_code == 422 and 'value="abc"' in shown and 'value="no spaces here"' in shown
    assert all(f'id="id_{field}-error"' in shown for field in ("name",))


def test_a_username_is_nobody_elses(within):
    User.objects.filter(pk=within.cora.user_id).update(username="cora")
    with pytest.raises(Invalid) as refused:
        actions.change_profile(within.sam, ProfileInput(**_typed(username="CORA")))
    assert set(refused.value.errors) == {"username"}


def test_guessing_the_password_through_the_address_is_limited(cast, browser_of):
    browser, typed = browser_of(cast.sam), {"email": "x@new.example", "current_password": "wrong"}
    answers = [browser.post(reverse("accounts:profile_email"), typed) for _try in range(11)]
    assert "Too many tries" in answers[-1].content.decode()


def test_theme_and_language_are_kept_with_the_person(cast, browser_of):
    browser = browser_of(cast.mia)
    browser.post(reverse("accounts:theme"), {"theme": "light", "next": "/me/"})
    browser.post(reverse("accounts:language"), {"language": "en"})
    cast.mia.user.refresh_from_db()
    assert (cast.mia.user.theme, cast.mia.user.language) == ("light", "en")
    assert browser.post(reverse("accounts:theme"), {"theme": "pink"}).status_code == 400


@pytest.fixture
def in_both(cast):
    """Cora's other membership, as an admin of the second account."""
    return Member.objects.create(
        account=cast.other.account, user=cast.cora.user, role="admin", name="Cora", sort_name="cora"
    )


def test_who_belongs_to_two_accounts_switches_between_them(cast, browser_of, in_both):
    browser = browser_of(cast.cora)
    assert "Other Studio" in browser.get("/").content.decode()
    assert browser.get(reverse("accounts:people")).status_code == 403
    assert browser.post(reverse("accounts:switch"), {"member": in_both.pk}).status_code == 302
    shown = browser.get(reverse("accounts:people")).content.decode()
    assert "Olga" in shown and ">Sam<" not in shown


def test_nobody_switches_to_what_is_not_theirs(cast, browser_of, in_both):
    browser = browser_of(cast.cora)
    for wanted in (cast.ana.pk, cast.other.people["olga"].pk, "x", ""):
        assert browser.post(reverse("accounts:switch"), {"member": wanted}).status_code == 404
    in_both.status = "inactive"
    in_both.save()
    assert browser.post(reverse("accounts:switch"), {"member": in_both.pk}).status_code == 404


def test_the_api_shows_and_changes_oneself(cast, api_of):
    api = api_of(cast.sam)
    me = api.get("/api/v1/me").json()
    assert (me["role"], me["email"], me["account"]["name"]) == ("staff", "sam@folio.example", "Folio Repairs")
    assert "accounts.member:view" in me["rights"] and "accounts.member:manage" not in me["rights"]
    changed = api.patch("/api/v1/me", {"name": "Sam W", "theme": "dark"}, content_type="application/json").json()
    assert (changed["name"], changed["theme"], changed["email"]) == ("Sam W", "dark", "sam@folio.example")
    half = api.patch("/api/v1/me", {"name": "X", "email": "x@new.example"}, content_type="application/json")
    assert half.status_code == 422 and api.get("/api/v1/me").json()["name"] == "Sam W"


def test_leaving_signs_one_out_of_this_account_only(cast, browser_of, in_both):
    browser = browser_of(cast.cora)
    browser.post(reverse("accounts:leave"))
    assert "Other Studio" in browser.get("/me/").content.decode()
