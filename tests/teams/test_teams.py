"""Teams: added, changed, deleted and brought back, on their page, on a person's and in the directory."""

import pytest
from django.urls import reverse

from frontdesk.accounts.models import Member
from frontdesk.clients.access import clients_for
from frontdesk.core.errors import Conflict, Forbidden, Invalid, Missing
from frontdesk.core.tenancy.context import account_context
from frontdesk.teams import access, actions, queries
from frontdesk.teams.actions import TeamInput
from frontdesk.teams.models import Team, TeamMember
from frontdesk.undo import actions as undo

from ..accounts.helpers import verbs

API = "/api/v1/teams"


def names(team) -> list[str]:
    return [one.name for one in queries.team_row(team).members]


def north(cast, **changes) -> Team:
    with account_context(cast.account):
        return actions.add_team(cast.ana, TeamInput(**{"name": "North", "members": [cast.cora.pk], **changes}))


def test_a_team_has_people_and_its_lead_is_one_of_them(within):
    made = north(within, lead=within.cole.pk)
    assert names(made) == ["Cole", "Cora"] and queries.team_row(made).lead == within.cole
    assert verbs(within.account)[-3:] == ["team.added", "team.joined", "team.joined"]


def test_belonging_to_a_team_opens_nobodys_record(within):
    north(within, members=[within.cora.pk, within.cole.pk], lead=within.cole.pk)
    assert list(clients_for(within.cole)) == [] and not within.cole.may("clients.client:edit")


def test_changes_are_told_one_by_one_and_nothing_where_nothing_changed(within):
    made = north(within)
    typed = TeamInput("North side", 2, None, [within.cole.pk])
    actions.change_team(within.ana, made, typed)
    assert names(made) == ["Cole"] and verbs(within.account)[-3:] == ["team.changed", "team.joined", "team.left"]
    before = len(verbs(within.account))
    actions.change_team(within.ana, access.get_team(within.ana, made.pk), typed)
    assert len(verbs(within.account)) == before


def test_a_lead_who_leaves_is_no_longer_the_lead(within):
    made = north(within, lead=within.cora.pk)
    actions.set_teams_of(within.ana, within.cora, [])
    assert Team.objects.get(pk=made.pk).lead_id is None and names(made) == []


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("name", {"name": " "}), ("name", {"name": "x" * 61}), ("name", {"name": "NÓRTH"}), ("hue", {"hue": 9}),
        ("lead", {"lead": "mia"}), ("lead", {"lead": "oscar"}), ("members", {"members": ["mia"]}),
        ("members", {"members": ["oscar"]}),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_by_field(within, field, changes):
    north(within)
    everyone = {**within.people, **within.other.people}
    if isinstance(changes.get("lead"), str):
        changes = {"lead": everyone[changes["lead"]].pk}
    if "members" in changes:
        changes = {"members": [everyone[name].pk for name in changes["members"]]}
    with pytest.raises(Invalid) as refused:
        north(within, **{"name": "South", **changes})
    assert list(refused.value.errors) == [field] and Team.objects.count() == 1


def test_a_deleted_team_comes_back_with_its_people(within):
    made = north(within, lead=within.cole.pk)
    change = actions.delete_team(within.ana, made)
    assert not Team.objects.exists() and not TeamMember.objects.exists()
    undo.undo(within.ana, change)
    back = Team.objects.get()
    assert names(back) == ["Cole", "Cora"] and back.lead_id == within.cole.pk
    assert "team.undone" in verbs(within.account)


def test_only_admins_change_teams_and_only_of_their_account(within):
    made = north(within)
    for actor in (within.sam, within.cora, within.mia):
        for verb in (
            lambda actor: actions.add_team(actor, TeamInput("South")),
            lambda actor: actions.change_team(actor, made, TeamInput("South")),
            lambda actor: actions.delete_team(actor, made),
            lambda actor: actions.set_teams_of(actor, within.cora, []),
        ):
            with pytest.raises(Forbidden):
                verb(actor)
    with pytest.raises(Conflict):
        actions.set_teams_of(within.ana, within.mia, [made.pk])
    with pytest.raises(Missing):
        actions.set_teams_of(within.ana, within.other.oscar, [made.pk])
    with account_context(within.other.account), pytest.raises(Missing):
        access.get_team(within.other.olga, made.pk)


def test_the_number_of_queries_does_not_grow(within, django_assert_num_queries):
    for name in "ABCDE":
        north(within, name=name, members=[within.cora.pk, within.cole.pk])
    with django_assert_num_queries(2):
        assert len(queries.teams(within.sam)) == 5
    with django_assert_num_queries(1):
        assert len(queries.teams_of([within.cora.pk, within.cole.pk])[within.cora.pk]) == 5


def test_work_can_be_given_to_the_active_of_a_team(within):
    made = north(within, members=[within.cora.pk, within.cole.pk])
    Member.objects.filter(pk=within.cora.pk).update(status="inactive")
    assert queries.active_members(made) == [within.cole]


def test_the_pages_add_change_and_delete(cast, browser_of):
    ana = browser_of(cast.ana)
    sent = {"name": "North", "hue": "4", "lead": str(cast.cole.pk), "members": [str(cast.cora.pk)]}
    shown = ana.post(reverse("teams:new"), sent, follow=True).content.decode()
    assert "Cole" in shown and "Cora" in shown and "Lead" in shown
    assert ana.post(reverse("teams:new"), sent).status_code == 422
    with account_context(cast.account):
        made = Team.objects.get()
    edit, delete = (reverse(f"teams:{verb}", args=[made.pk]) for verb in ("edit", "delete"))
    assert 'value="North"' in ana.get(edit).content.decode()
    assert ana.post(edit, {"name": "", "hue": "4"}).status_code == 422
    assert ana.post(edit, {"name": "South", "hue": "4", "members": [str(cast.other.oscar.pk)]}).status_code == 422
    gone = ana.post(delete, follow=True).content.decode()
    assert "No teams yet" in gone and "/undo/" in gone


def test_a_person_is_put_into_teams_on_their_page(cast, browser_of):
    made, ana = north(cast, members=[]), browser_of(cast.ana)
    choose = reverse("teams:choose", args=[cast.cora.pk])
    assert ana.post(choose, {"teams": [str(made.pk)]}).status_code == 302
    panel = reverse("teams:panel", args=[cast.cora.pk])
    assert "North" in ana.get(panel).content.decode() and choose in ana.get(panel).content.decode()
    assert choose not in browser_of(cast.sam).get(panel).content.decode()
    assert panel in ana.get(reverse("accounts:member", args=[cast.cora.pk])).content.decode()
    for unknown in ("x", str(cast.other.oscar.pk)):
        assert ana.post(choose, {"teams": [unknown]}).status_code == 302
        assert "North" in ana.get(panel).content.decode()


def test_the_directory_shows_one_team(cast, browser_of):
    made, people = north(cast), reverse("accounts:people")
    found = browser_of(cast.sam).get(f"{people}?team={made.pk}").content.decode()
    assert ">Cora<" in found and ">Cole<" not in found and f'value="{made.pk}" selected' in found
    assert browser_of(cast.sam).get(people + "?team=x").status_code == 400
    export = browser_of(cast.sam).get(reverse("accounts:people_export") + f"?team={made.pk}").content.decode()
    assert "Cora" in export and "Cole" not in export


def test_the_api_does_the_same(cast, api_of):
    ana = api_of(cast.ana)
    made = ana.post(API, {"name": "North", "members": [str(cast.cora.pk)]})
    assert made.status_code == 201 and made.json()["members"] == [str(cast.cora.pk)]
    one = f"{API}/{made.json()['id']}"
    changed = ana.patch(one, {"lead": str(cast.cole.pk), "hue": 3}, content_type="application/json").json()
    assert changed["name"] == "North" and set(changed["members"]) == {str(cast.cora.pk), str(cast.cole.pk)}
    taken = ana.patch(one, {"lead": None}, content_type="application/json").json()
    assert taken["lead"] is None and len(taken["members"]) == 2
    assert [row["name"] for row in api_of(cast.cora).get(API).json()["data"]] == ["North"]
    own = f"/api/v1/members/{cast.cole.pk}/teams"
    assert ana.get(own).json()["teams"] == [made.json()["id"]]
    assert ana.put(own, {"teams": []}, content_type="application/json").json() == {"teams": []}
    assert ana.put(own, {"teams": [str(cast.cole.pk)]}, content_type="application/json").status_code == 422
    change = ana.delete(one).json()
    assert change["kind"] == "teams.delete" and ana.get(one).status_code == 404
    assert ana.post(f"/api/v1/changes/{change['id']}/undo").status_code == 200
    assert ana.get(one).status_code == 200


@pytest.mark.parametrize(("who", "status"), [("sam", 403), ("cora", 403), ("mia", 403), ("olga", 404)])
def test_the_api_lets_nobody_else_change_one(cast, api_of, who, status):
    made = north(cast)
    actor = cast.people.get(who) or cast.other.people[who]
    assert api_of(actor).delete(f"{API}/{made.pk}").status_code == status
