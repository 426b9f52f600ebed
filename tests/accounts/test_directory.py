"""The directory: by role, sorted, exported, and switching people off from the list (P9)."""

from django.urls import reverse

from frontdesk.accounts.models import Member

from .helpers import verbs

PEOPLE = reverse("accounts:people")


def test_each_role_has_its_page(cast, browser_of):
    browser = browser_of(cast.sam)
    clients = browser.get(PEOPLE + "?role=client").content.decode()
    guests = browser.get(PEOPLE + "?role=guest").content.decode()
    assert ">Mia<" in clients and ">Greta<" not in clients and ">Greta<" in guests and ">Mia<" not in guests


def test_the_newest_come_first_when_wanted_and_pages_follow(cast, api_of):
    api, names, after = api_of(cast.ana), [], ""
    while after is not None:
        found = api.get(f"/api/v1/members?sort=newest&limit=3&after={after}").json()
        names += [row["name"] for row in found["data"]]
        after = found["next"]
    newest = Member.objects.filter(account=cast.account).order_by("-id").values_list("name", flat=True)
    assert names == list(newest)
    assert api.get("/api/v1/members?sort=x").status_code == 422


def test_the_list_is_exported_under_its_filters_and_recorded(cast, browser_of):
    Member.objects.filter(pk=cast.cole.pk).update(name="=1+1", sort_name="=1+1")
    answer = browser_of(cast.sam).get(reverse("accounts:people_export") + "?role=coworker")
    text = answer.content.decode("utf-8-sig")
    assert answer.headers["Content-Type"].startswith("text/csv") and "Cora" in text and "Ana" not in text
    assert '"=1+1' not in text and verbs(cast.account)[-1] == "member.exported"
    assert browser_of(cast.cora).get(reverse("accounts:people_export")).status_code == 403


def test_people_are_switched_off_and_on_from_the_list(cast, browser_of):
    browser, here = browser_of(cast.ana), PEOPLE + "?role=coworker"
    off, on = (reverse(f"accounts:member_{verb}", args=[cast.cole.pk]) for verb in ("deactivate", "activate"))
    assert off in browser.get(here).content.decode()
    assert browser.post(off, {"next": here}).headers["Location"] == here
    assert on in browser.get(here).content.decode()
    assert browser.post(on, {"next": "https://evil.example/"}).headers["Location"] == f"/people/{cast.cole.pk}/"


def test_the_list_offers_only_what_one_may_do(cast, browser_of):
    shown = browser_of(cast.sam).get(PEOPLE).content.decode()
    assert reverse("accounts:member_deactivate", args=[cast.cole.pk]) not in shown
    assert reverse("accounts:member_deactivate", args=[cast.mia.pk]) in shown
