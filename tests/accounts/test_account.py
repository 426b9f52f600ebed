"""Settings, home page and the demo business (P1, A1 and A7 as far as they go)."""

import pytest
import time_machine
from django.urls import reverse

from frontdesk.accounts import demo
from frontdesk.accounts.actions.setup import AccountInput, AdminInput, create_account
from frontdesk.accounts.models import Account, User
from frontdesk.activity.settings_layout import pages_of
from frontdesk.core.errors import Invalid
from frontdesk.core.tenancy.context import account_context

from ..conftest import sign_in
from .helpers import verbs

REGION = {"language": "en", "time_zone": "Europe/Paris", "country": "FR", "currency": "EUR"}


def test_an_admin_changes_the_settings(cast, browser_of):
    browser = browser_of(cast.ana)
    assert browser.post(reverse("accounts:general"), {"name": "Folio", **REGION}).status_code == 302
    account = Account.objects.get(pk=cast.account.pk)
    assert (account.name, account.country) == ("Folio", "FR") and verbs(account)[-1] == "account.changed"
    wrong = browser.post(reverse("accounts:general"), {"name": "", **REGION, "time_zone": "Mars/Crater"})
    assert wrong.status_code == 422


def test_the_settings_are_the_admins(cast, browser_of, api_of):
    for actor in (cast.sam, cast.cora, cast.mia):
        assert browser_of(actor).get(reverse("accounts:general")).status_code == 403
        assert api_of(actor).patch("/api/v1/account", {"name": "X"}, content_type="application/json").status_code == 403
    assert api_of(cast.mia).get("/api/v1/account").json()["name"] == "Folio Repairs"


def test_the_api_changes_the_account(cast, api_of):
    api = api_of(cast.ana)
    assert (
        api.patch("/api/v1/account", {"currency": "EUR"}, content_type="application/json").json()["currency"] == "EUR"
    )
    wrong = api.patch("/api/v1/account", {"currency": "XYZ"}, content_type="application/json")
    assert wrong.status_code == 422 and wrong.json()["errors"][0]["field"] == "currency"


@pytest.mark.parametrize(("utc_hour", "greeting"), [(5, "Good morning"), (11, "Good afternoon"), (19, "Good evening")])
def test_home_greets_by_the_persons_own_clock(cast, browser_of, utc_hour, greeting):
    with time_machine.travel(f"2026-05-04T{utc_hour:02}:00:00Z", tick=False):
        assert f"{greeting}, Ana" in browser_of(cast.ana).get("/").content.decode()


def test_home_is_the_portal_for_portal_people(cast, browser_of):
    assert browser_of(cast.mia).get("/").headers["Location"] == reverse("portal:home")


def test_first_steps_go_when_put_away(db):
    region = AccountInput("Fresh", "en", "UTC", "EUR")
    browser = sign_in(create_account(region, AdminInput("Fay", "fay@example.com", "a quiet green lamp")))
    assert "First steps" in browser.get("/").content.decode()
    browser.post(reverse("accounts:dismiss"), {"key": "first-steps"})
    assert "First steps" not in browser.get("/").content.decode()


def test_the_same_seed_gives_the_same_people(db):
    worlds = [demo.make_world(0, 7, "en") for _time in range(2)]
    names = [[member.name for member in world.members] for world in worlds]
    assert names[0] == names[1] and len(names[0]) == 6
    assert User.objects.count() == 12
    with account_context(worlds[0].account), pytest.raises(Invalid):
        demo.make_world(0, 7, "xx")


def test_the_settings_are_found_by_group_and_by_words(cast, browser_of):
    ana = browser_of(cast.ana)
    index = ana.get(reverse("accounts:settings")).content.decode()
    assert all(said in index for said in ("Data and upkeep", "Audit log", "General", "Words"))
    found = ana.get(reverse("accounts:settings"), {"q": "SEALED log"}).content.decode()
    assert "Audit log" in found and "settings/words/" not in found
    assert "Nothing found" in ana.get(reverse("accounts:settings"), {"q": "zebra"}).content.decode()
    assert browser_of(cast.sam).get(reverse("accounts:settings")).status_code == 403


def test_every_page_of_the_settings_has_the_same_frame(cast, browser_of):
    ana = browser_of(cast.ana)
    with account_context(cast.account):
        framed = pages_of(cast.ana)
    assert len(framed) >= 4
    for one in framed:
        page = ana.get(one["href"]).content.decode()
        assert f'href="{reverse("accounts:settings")}"' in page and 'class="settings"' in page, one
        assert f'href="{one["href"]}" aria-current="page"' in page, one
        assert page.count("<h1") == 1, one
