"""The timeline and the audit log: sentences, pages, export, and who may read them (C6, A7)."""

import ast
import csv
import io
import uuid
from datetime import timedelta

import openpyxl
import pytest
from django.db import transaction
from django.db.models import RestrictedError
from django.utils import timezone

from frontdesk.activity import queries, sentences
from frontdesk.activity.models import Activity
from frontdesk.activity.sentences import Change, Entry, plural, register, register_box, register_names
from frontdesk.activity.spine import record
from frontdesk.core.registry import Registry
from frontdesk.core.tenancy.context import account_context
from frontdesk.core.text import gettext_lazy as _lazy

from ..layers import ROOT

AUDIT, API = "/settings/audit/", "/api/v1/activities"


@pytest.fixture
def verbs(monkeypatch):
    """Registries with a few planted verbs only."""
    for name in ("sentences", "boxes", "name_kinds"):
        monkeypatch.setattr(sentences, name, Registry(name))
    register("planted.made", icon="plus", hue="green", sentence=_lazy("%(who)s made %(the_client)s"))
    register("planted.gave", icon="share", sentence=_lazy("%(who)s gave it to %(member)s"), names={"member": "member"})
    register(
        "planted.moved", icon="flag", sentence=plural("%(who)s moved %(num)s row", "%(who)s moved %(num)s rows", "n")
    )
    register(
        "planted.turned", icon="flag", sentence=lambda data: {"on": _lazy("%(who)s turned it on")}[data["to"]],
        changes=lambda data: [Change("State", "off", data["to"])],
    )  # fmt: skip
    register_names("member", queries.member_names)
    register_box("planted.made", lambda ids: {one: f"box of {one}" for one in ids}, "planted.html")


def _record(actor, verb, **given):
    with account_context(actor.account_id), transaction.atomic():
        return record(actor, verb, **given)


def _said(actor, verb, **data):
    entry = Entry(uuid.uuid4(), timezone.now(), actor.pk, actor.name, verb, None, None, data)
    return str(sentences.describe(entry, sentences.resolve([entry]), html=False))


def test_sentences_name_who_did_what(cast, verbs):
    assert _said(cast.ana, "planted.made") == "Ana made the client"
    assert _said(cast.ana, "planted.gave", member=str(cast.cora.pk)) == "Ana gave it to Cora"
    assert _said(cast.ana, "planted.gave", member=str(uuid.uuid4())) == "Ana gave it to someone who is gone"
    assert _said(cast.ana, "planted.moved", n=1) == "Ana moved 1 row"
    assert _said(cast.ana, "planted.moved", n=3) == "Ana moved 3 rows"
    assert _said(cast.ana, "planted.turned", to="on") == "Ana turned it on"


@pytest.mark.parametrize(
    ("verb", "data"), [("planted.gone", {}), ("planted.turned", {"to": "?"}), ("planted.moved", {"n": "x"})]
)
def test_an_old_row_that_nobody_understands_still_reads(cast, verbs, verb, data):
    assert "Ana did something" in _said(cast.ana, verb, **data)


def test_sentences_escape_what_people_typed(cast, verbs):
    entry = Entry(uuid.uuid4(), timezone.now(), None, "<b>Eve</b>", "planted.made", None, None, {})
    assert "<b>&lt;b&gt;Eve&lt;/b&gt;</b>" in sentences.describe(entry)


def test_a_timeline_is_newest_first_with_boxes_in_a_fixed_number_of_queries(cast, verbs, django_assert_num_queries):
    subject = uuid.uuid4()
    for _number in range(12):
        _record(cast.ana, "planted.made", subject_id=subject, client_id=cast.maria.pk)
        _record(cast.cora, "planted.gave", client_id=cast.maria.pk, data={"member": str(cast.cole.pk)})
        _record(cast.ana, "planted.made", client_id=cast.victor.pk)
    with account_context(cast.account), django_assert_num_queries(2):
        page = queries.timeline(cast.maria.pk, limit=10)
    assert [row.verb for row in page.rows[:2]] == ["planted.gave", "planted.made"]
    assert (page.rows[1].box, page.rows[1].box_template) == (f"box of {subject}", "planted.html")
    with account_context(cast.account):
        rest = queries.timeline(cast.maria.pk, after=page.after, limit=100)
    assert len(rest.rows) == 14
    assert rest.after is None


@pytest.mark.django_db(transaction=True)
def test_what_happens_is_recorded_with_its_cause_or_not_at_all():
    with pytest.raises(RuntimeError, match="in the transaction of its cause"):
        record(None, "planted.made")


def test_every_verb_that_is_written_has_a_sentence():
    written = set()
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in (
                "record",
                "build",
            ):
                written |= {a.value for a in node.args[1:2] if isinstance(a, ast.Constant) and isinstance(a.value, str)}
    assert written
    assert sorted(verb for verb in written if sentences.sentences.get(verb) is None) == []


def test_an_admin_reads_the_log_and_others_do_not(cast, browser_of, verbs):
    _record(cast.ana, "planted.made", client_id=cast.maria.pk)
    _record(cast.other.olga, "planted.moved", data={"n": 3})
    page = browser_of(cast.ana).get(AUDIT)
    assert page.status_code == 200
    assert "made the client" in page.content.decode()
    assert "moved" not in page.content.decode()
    assert browser_of(cast.sam).get(AUDIT).status_code == 403


def test_the_log_is_filtered_and_paged(cast, browser_of, verbs):
    for _number in range(60):
        _record(cast.ana, "planted.made")
    _record(cast.sam, "planted.moved", data={"n": 7})
    ana = browser_of(cast.ana)
    assert "moved 7 rows" in ana.get(AUDIT, {"member": cast.sam.pk}).content.decode()
    assert "moved 7 rows" not in ana.get(AUDIT, {"member": cast.ana.pk}).content.decode()
    assert "Nothing was logged" in ana.get(AUDIT, {"until": "2020-01-01"}).content.decode()
    assert "Nothing was logged" in ana.get(AUDIT, {"since": "2999-01-01"}).content.decode()
    assert "Nothing was logged" not in ana.get(AUDIT, {"since": "2020-01-01", "group": "planted"}).content.decode()
    assert 'rel="next"' in ana.get(AUDIT).content.decode()


@pytest.mark.parametrize(
    "query", [{"member": "x"}, {"group": "nothing"}, {"since": "yesterday"}, {"until": "2020-13-01"}]
)
def test_bad_filters_are_refused(cast, browser_of, query):
    assert browser_of(cast.ana).get(AUDIT, query).status_code == 422
    assert browser_of(cast.ana).get(AUDIT + "export.csv", query).status_code == 422


def test_a_damaged_page_link_is_refused(cast, browser_of):
    assert browser_of(cast.ana).get(AUDIT, {"after": "x"}).status_code == 400


def test_the_export_holds_everything_and_no_formula(cast, browser_of, verbs):
    type(cast.sam).objects.filter(pk=cast.sam.pk).update(name="=HYPERLINK(1)")
    _record(cast.sam, "planted.made", client_id=cast.maria.pk)
    _record(cast.ana, "planted.moved", data={"n": 2})
    answer = browser_of(cast.ana).get(AUDIT + "export.csv")
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert [row[2] for row in rows[1:]] == ["Ana moved 2 rows", "'=HYPERLINK(1) made the client"]
    assert rows[2][1] == "'=HYPERLINK(1)"


def test_the_log_through_the_api(cast, api_of, verbs):
    _record(cast.ana, "planted.made", client_id=cast.maria.pk)
    _record(cast.sam, "planted.moved", data={"n": 2})
    ana = api_of(cast.ana)
    assert [row["verb"] for row in ana.get(API).json()["data"]] == ["planted.moved", "planted.made"]
    only = ana.get(API, {"client": cast.maria.pk}).json()["data"]
    assert [(row["sentence"], row["actor"]["name"]) for row in only] == [("Ana made the client", "Ana")]
    first = ana.get(API, {"limit": 1}).json()
    assert [row["verb"] for row in ana.get(API, {"limit": 1, "after": first["next"]}).json()["data"]] == [
        "planted.made"
    ]
    assert ana.get(API, {"since": "9999-12-31", "until": "0001-01-01"}).json()["data"] == []
    assert api_of(cast.sam).get(API).status_code == 403
    assert api_of(cast.other.olga).get(API).json()["data"] == []


def test_a_member_who_acted_is_not_deleted(cast, verbs):
    _record(cast.ana, "planted.made")
    with account_context(cast.account), pytest.raises(RestrictedError):
        cast.ana.delete()
    with account_context(cast.account):
        assert Activity.objects.count() == 1


def test_the_log_is_narrowed_to_one_client(cast, browser_of, verbs):
    _record(cast.ana, "planted.made", client_id=cast.maria.pk)
    _record(cast.sam, "planted.moved", client_id=cast.victor.pk, data={"n": 7})
    ana = browser_of(cast.ana)
    assert f"client={cast.maria.pk}" in ana.get(AUDIT).content.decode()
    narrowed = ana.get(AUDIT, {"client": cast.maria.pk}).content.decode()
    assert "made the client" in narrowed and "moved 7 rows" not in narrowed
    assert ana.get(AUDIT, {"client": "x"}).status_code == 422
    assert "Nothing was logged" in ana.get(AUDIT, {"client": cast.other.zoe.pk}).content.decode()


def test_the_log_as_a_workbook(cast, browser_of, verbs):
    _record(cast.ana, "planted.moved", data={"n": 2})
    answer = browser_of(cast.ana).get(AUDIT + "export.xlsx")
    rows = list(openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.values)
    assert rows[0][:3] == ("Time", "Who", "What") and rows[1][2] == "Ana moved 2 rows"
    assert browser_of(cast.ana).get(AUDIT + "export.pdf").status_code == 404
    assert browser_of(cast.sam).get(AUDIT + "export.xlsx").status_code == 403


def test_home_tells_of_one_moment_only_what_says_most(verbs):
    register("planted.along", icon="plus", sentence=_lazy("%(who)s went along"), aside=True)
    maria, other, now = uuid.uuid4(), uuid.uuid4(), timezone.now()

    def entry(verb: str, client=maria, seconds: float = 0) -> Entry:
        return Entry(uuid.uuid4(), now - timedelta(seconds=seconds), None, "", verb, None, client, {})

    made, along, moved = entry("planted.made", seconds=0.1), entry("planted.along"), entry("planted.moved", seconds=0.2)
    assert queries.telling([along, made, moved]) == [made, moved]
    assert queries.telling([along, entry("planted.along", seconds=0.1)]) == [along]
    apart = [along, entry("planted.made", other), entry("planted.made", seconds=5)]
    assert queries.telling(apart) == apart
