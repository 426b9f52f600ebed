"""The directory, roles and access of people (P1, P3, P7, P9)."""

import pytest
from django.urls import reverse

from frontdesk.accounts import actions, queries
from frontdesk.accounts.access import get_member, members_for
from frontdesk.accounts.actions.members import PersonInput
from frontdesk.accounts.models import Member, MemberStatus
from frontdesk.core.errors import Conflict, Forbidden, Invalid, Missing

from .helpers import is_signed_in, sign_in_with, verbs


def _names(answer) -> set[str]:
    return {row["name"] for row in answer.json()["data"]}


def _page(browser, **query) -> str:
    return browser.get(reverse("accounts:people"), query).content.decode()


def test_the_directory_shows_people_by_role_status_and_name(cast, browser_of):
    browser = browser_of(cast.sam)
    assert all(name in _page(browser) for name in ("Ana", "Cora", "Mia", "Greta"))
    assert "Cora" in _page(browser, role="coworker") and ">Mia<" not in _page(browser, role="coworker")
    assert ">Dora<" in _page(browser, status="inactive") and ">Cora<" not in _page(browser, status="inactive")
    assert ">Cole<" in _page(browser, q="COL") and ">Cora<" not in _page(browser, q="COL")
    assert "Nobody matches" in _page(browser, q="zzz")


def test_the_directory_never_shows_another_account(cast, browser_of, api_of):
    assert "Olga" not in _page(browser_of(cast.ana)) and "Olga" not in _names(api_of(cast.ana).get("/api/v1/members"))


def test_the_directory_is_the_offices(cast, browser_of):
    for actor in (cast.cora, cast.mia, cast.greta):
        assert browser_of(actor).get(reverse("accounts:people")).status_code == 403


def test_others_than_the_office_are_given_nobody_but_themselves(within):
    assert {one.name for one in members_for(within.sam)} >= {"Ana", "Cora", "Mia"}
    for actor in (within.cora, within.mia, within.greta):
        assert [one.pk for one in members_for(actor)] == [actor.pk]
        with pytest.raises(Missing):
            get_member(actor, within.ana.pk)


def test_the_directory_costs_the_same_for_many(cast, browser_of, django_assert_max_num_queries):
    browser = browser_of(cast.ana)
    Member.objects.bulk_create(
        Member(account=cast.account, role="client", name=f"P {n}", sort_name=f"p {n:03}") for n in range(120)
    )
    with django_assert_max_num_queries(8):
        first = browser.get(reverse("accounts:people"))
    assert "Next" in first.content.decode()


def test_pages_of_the_api_follow_each_other_without_gaps(cast, api_of):
    api, seen, after = api_of(cast.sam), [], ""
    while after is not None:
        page = api.get("/api/v1/members", {"limit": 3, "after": after}).json()
        seen += [row["name"] for row in page["data"]]
        after = page["next"]
    assert seen == sorted(seen) and len(seen) == len(set(seen)) == Member.objects.filter(account=cast.account).count()


@pytest.mark.parametrize(
    "query", [{"role": "boss"}, {"after": "zz"}, {"limit": 0}, {"colour": "red"}, {"q": "x" * 200}]
)
def test_a_bad_query_is_named(cast, api_of, query):
    answer = api_of(cast.sam).get("/api/v1/members", query)
    assert answer.status_code == 422 and answer.json()["errors"]


def test_a_damaged_page_link_is_refused_plainly(cast, browser_of):
    assert browser_of(cast.sam).get(reverse("accounts:people"), {"after": "zz"}).status_code == 400
    assert browser_of(cast.sam).get(reverse("accounts:people"), {"role": "boss"}).status_code == 400


def test_people_of_other_accounts_are_missing(cast, browser_of, api_of):
    olga = cast.other.people["olga"]
    assert browser_of(cast.ana).get(reverse("accounts:member", args=[olga.pk])).status_code == 404
    for verb in ("deactivate", "activate", "password", "link", "invitation"):
        assert api_of(cast.ana).post(f"/api/v1/members/{olga.pk}/{verb}").status_code == 404
    olga.refresh_from_db()
    assert olga.status == MemberStatus.ACTIVE


def test_an_admin_adds_a_colleague_with_a_temporary_password(within):
    member, password = actions.create_member(within.ana, PersonInput("Bert", "coworker", username="Bert"))
    assert member.status == "active" and sign_in_with("bert", password)[0].status_code == 302
    with pytest.raises(Invalid) as refused:
        actions.create_member(within.ana, PersonInput("Bert", "coworker"))
    assert set(refused.value.errors) == {"username"}


def test_an_address_that_signs_in_anywhere_gets_no_password_from_here(within):
    with pytest.raises(Invalid) as refused:
        actions.create_member(within.ana, PersonInput("Oscar", "coworker", email="oscar@other.example"))
    assert set(refused.value.errors) == {"email"}


def test_staff_make_nobody_an_admin(cast, browser_of, api_of):
    for target in (cast.sam, cast.cora, cast.mia):
        answer = browser_of(cast.sam).post(reverse("accounts:member_role", args=[target.pk]), {"role": "admin"})
        assert answer.status_code == 403
        assert api_of(cast.sam).patch(
            f"/api/v1/members/{target.pk}", {"role": "admin"}, content_type="application/json"
        ).status_code == 403  # fmt: skip
    assert api_of(cast.sam).patch("/api/v1/me", {"role": "admin"}, content_type="application/json").status_code == 422
    assert Member.objects.filter(account=cast.account, role="admin").count() == 1


def test_staff_do_not_switch_off_colleagues_but_portal_people(within):
    with pytest.raises(Forbidden):
        actions.deactivate(within.sam, within.ana)
    assert actions.deactivate(within.sam, within.mia).status == MemberStatus.INACTIVE
    assert actions.activate(within.sam, within.mia).status == MemberStatus.ACTIVE


def test_an_admin_changes_roles_of_the_team_only(within):
    assert actions.change_role(within.ana, within.cole, "staff").role == "staff"
    assert verbs(within.account)[-1] == "member.role"
    for member, role in ((within.cole, "guest"), (within.mia, "staff")):
        with pytest.raises(Invalid):
            actions.change_role(within.ana, member, role)


def test_the_last_admin_stays(within):
    for leaving in (
        lambda: actions.change_role(within.ana, within.ana, "staff"),
        lambda: actions.leave(within.ana),
        lambda: actions.deactivate(within.ana, within.ana),
        lambda: actions.take_sign_in(within.ana, within.ana),
    ):
        with pytest.raises(Conflict):
            leaving()
    actions.change_role(within.ana, within.sam, "admin")
    actions.leave(within.ana)
    assert within.ana.status == MemberStatus.INACTIVE


def test_a_deactivated_member_loses_pages_and_tokens_at_once(within, browser_of, api_of):
    browser, api = browser_of(within.cole), api_of(within.cole)
    assert is_signed_in(browser) and api.get("/api/v1/me").status_code == 200
    actions.deactivate(within.ana, within.cole)
    assert not is_signed_in(browser) and api.get("/api/v1/me").status_code == 401


def test_the_page_of_a_person_offers_what_the_office_may_do(cast, browser_of):
    shown = browser_of(cast.sam).get(reverse("accounts:member", args=[cast.mia.pk])).content.decode()
    assert "Switch off" in shown and "Temporary password" in shown and "Change the role" not in shown
    shown = browser_of(cast.sam).get(reverse("accounts:member", args=[cast.cora.pk])).content.decode()
    assert "Switch off" not in shown
    shown = browser_of(cast.ana).get(reverse("accounts:member", args=[cast.cora.pk])).content.decode()
    assert "Switch off" in shown and "Change the role" in shown


def test_a_refusal_is_told_on_the_page_of_the_person(cast, browser_of):
    browser = browser_of(cast.ana)
    answer = browser.post(reverse("accounts:member_deactivate", args=[cast.ana.pk]), follow=True)
    assert "You cannot switch off your own access" in answer.content.decode()


def test_the_api_changes_all_or_nothing(cast, api_of):
    address = f"/api/v1/members/{cast.cole.pk}"
    answer = api_of(cast.ana).patch(address, {"role": "staff", "phone": "abc"}, content_type="application/json")
    cast.cole.refresh_from_db()
    assert answer.status_code == 422 and cast.cole.role == "coworker"
    answer = api_of(cast.ana).patch(
        address, {"role": "staff", "phone": "0745 112 908"}, content_type="application/json"
    )
    assert answer.json()["role"] == "staff" and answer.json()["phone"] == "+40745112908"


def test_states_come_in_one_query(within, django_assert_num_queries):
    actions.invite_member(within.ana, PersonInput("Nina", "staff", "nina@example.com"))
    ids = list(Member.objects.filter(account=within.account).values_list("pk", flat=True))
    with django_assert_num_queries(1):
        assert [one.status for one in queries.invitation_states(ids).values()] == ["pending"]


def test_pickers_list_the_active_team(within):
    assert [member.name for member in queries.team(within.account)] == ["Ana", "Cole", "Cora", "Sam"]
    assert set(queries.members_by_id([within.mia.pk, within.other.people["olga"].pk])) == {within.mia.pk}


def test_the_invitation_of_another_account_is_missing(cast, api_of, within):
    with pytest.raises(Missing):
        actions.deactivate(cast.ana, cast.other.people["oscar"])


def test_a_wrong_address_is_corrected_until_someone_registered(within, browser_of):
    member = actions.invite_member(within.ana, PersonInput("Nina", "staff", "nina@exmaple.com"))
    browser, address = browser_of(within.ana), reverse("accounts:member_edit", args=[member.pk])
    taken = browser.post(address, {"name": "Nina", "phone": "", "email": "sam@folio.example"})
    assert taken.status_code == 422 and 'id="id_email-error"' in taken.content.decode()
    assert browser.post(address, {"name": "Nina", "phone": "", "email": "nina@example.com"}).status_code == 302
    assert queries.invitation_states([member.pk])[member.pk].status == "expired"
    with pytest.raises(Invalid):
        actions.change_member(within.ana, within.cora, name="Cora", phone="", email="x@example.com")
