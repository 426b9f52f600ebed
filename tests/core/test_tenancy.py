"""The account context fails closed, and the guard sees what goes round it."""

import uuid

import pytest
from django.db import connection, transaction
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.utils import IntegrityError
from django.utils import timezone

from frontdesk.accounts.models import Account, Member
from frontdesk.clients.models import Assignment, Client, Contact, Note, Tag
from frontdesk.core.tenancy import context
from frontdesk.core.tenancy.context import AccountContextMissing, account_context, across_accounts

from .. import guard

MAKE = {"name": "X", "sort_key": "x", "created_at": timezone.now(), "updated_at": timezone.now()}


def _subquery(cast):
    assigned = Assignment.objects.filter(client=OuterRef("pk"))
    return list(Client.objects.annotate(n=Subquery(assigned.values("id")[:1])))


OPERATIONS = {
    "select": lambda cast: list(Client.objects.all()),
    "get": lambda cast: Client.objects.get(pk=cast.maria.pk),
    "values": lambda cast: list(Client.objects.values_list("name", flat=True)),
    "count": lambda cast: Client.objects.count(),
    "exists": lambda cast: Client.objects.exists(),
    "aggregate": lambda cast: Client.objects.aggregate(n=Count("id")),
    "annotate": lambda cast: list(Client.objects.annotate(n=Count("contacts"))),
    "subquery": _subquery,
    "union": lambda cast: list(Client.objects.filter(name="a").union(Client.objects.filter(name="b"))),
    "iterator": lambda cast: list(Client.objects.iterator(10)),
    "save": lambda cast: cast.maria.save(),
    "create": lambda cast: Client.objects.create(account=cast.account, **MAKE),
    "bulk_create": lambda cast: Client.objects.bulk_create([Client(account=cast.account, **MAKE)]),
    "bulk_update": lambda cast: Client.objects.bulk_update([cast.maria], ["name"]),
    "update": lambda cast: Client.objects.filter(pk=cast.maria.pk).update(name="Y"),
    "delete": lambda cast: Tag.objects.all().delete(),
    "instance delete": lambda cast: cast.maria.delete(),
    "get_or_create": lambda cast: Tag.objects.get_or_create(account=cast.account, key="x", name="x"),
    "refresh": lambda cast: cast.maria.refresh_from_db(),
    "related manager": lambda cast: list(cast.maria.contacts.all()),
    "related create": lambda cast: cast.maria.contacts.create(account=cast.account, name="x"),
    "reference to tenant": lambda cast: list(Member.objects.filter(pk__in=Assignment.objects.values("member"))),
}


@pytest.mark.parametrize("name", OPERATIONS)
def test_without_a_context_nothing_runs(cast, name):
    with pytest.raises(AccountContextMissing), transaction.atomic():
        OPERATIONS[name](cast)


@pytest.mark.parametrize("name", OPERATIONS)
def test_within_the_account_everything_runs(within, name):
    with transaction.atomic():
        OPERATIONS[name](within)


def test_reads_see_one_account(cast):
    with account_context(cast.other.account):
        assert [client.name for client in Client.objects.all()] == ["Zoé Martin"]
        assert Client.objects.count() == 1
        assert Client.objects.aggregate(n=Count("id")) == {"n": 1}
        assert not Client.objects.filter(pk=cast.maria.pk).exists()
        assert not Client.objects.filter(contacts__name__startswith="Maria").exists()
        assert not Client.objects.filter(Exists(Contact.objects.filter(name__startswith="Maria"))).exists()
        assert (
            not Client.objects.filter(pk__in=[cast.maria.pk]).union(Client.objects.filter(pk=cast.victor.pk)).exists()
        )
        assert Client.objects.filter(Q(pk=cast.maria.pk) | Q(name__gt="")).count() == 1


def test_related_managers_see_one_account(cast):
    with account_context(cast.other.account):
        assert list(cast.maria.contacts.all()) == []
        assert list(cast.maria.notes.all()) == []


def test_updates_and_deletes_touch_one_account(cast):
    with account_context(cast.other.account):
        assert Client.objects.filter(pk=cast.maria.pk).update(name="Taken") == 0
        assert Note.objects.filter(client_id=cast.maria.pk).delete()[0] == 0
        assert Client.objects.update(name="Mine") == 1
    with account_context(cast.account):
        assert Note.objects.count() == 1
        assert not Client.objects.filter(name__in=["Taken", "Mine"]).exists()


def test_rows_of_another_account_are_not_inserted(cast):
    with account_context(cast.account):
        with pytest.raises(AccountContextMissing):
            Client.objects.create(account=cast.other.account, **MAKE)
        with pytest.raises(AccountContextMissing):
            Client.objects.bulk_create([Client(account=cast.other.account, **MAKE)])


def test_keys_do_not_leave_the_account(cast):
    with account_context(cast.account), pytest.raises(AccountContextMissing):
        Note.objects.create(account=cast.account, client=cast.other.zoe, body="x")


def test_saving_never_moves_a_row_to_another_account(cast):
    with account_context(cast.account):
        client = Client.objects.get(pk=cast.maria.pk)
        client.account = cast.other.account
        client.save()
        assert Client.objects.get(pk=cast.maria.pk).account_id == cast.account.pk


def test_contexts_nest_and_end(cast):
    with account_context(cast.account):
        with account_context(cast.other.account):
            assert context.current() == cast.other.account.pk
        assert context.current() == cast.account.pk
        with across_accounts():
            assert Client.objects.count() == 5
        assert Client.objects.count() == 4
    assert context.current() is None


def test_an_account_needs_no_context(cast):
    assert Account.objects.count() == 2
    assert Member.objects.filter(account=cast.account).exists()


def test_the_account_is_taken_from_the_context(within):
    made = Tag.objects.create(name="VIP", key="vip")
    assert made.account_id == within.account.pk


def test_unique_constraints_are_per_account(cast):
    for account in (cast.account, cast.other.account):
        with account_context(account):
            Tag.objects.create(name="VIP", key="vip")
    with account_context(cast.account), pytest.raises(IntegrityError), transaction.atomic():
        Tag.objects.create(name="VIP", key="vip")


RAW_UNTIED = [
    "SELECT name FROM clients_client",
    'SELECT "c"."name" FROM "clients_client" "c" WHERE "c"."name" = \'x\'',
    "SELECT c.name FROM clients_client c JOIN clients_contact k ON k.client_id = c.id WHERE c.account_id = %s",
    "SELECT c.name FROM clients_client c WHERE c.account_id = c.id",
    "SELECT 1 WHERE EXISTS (SELECT 1 FROM clients_note n WHERE n.body = 'x')",
    "UPDATE clients_client SET name = 'x'",
    "DELETE FROM clients_note WHERE id = 'x'",
    "SELECT c.name FROM clients_client c LEFT JOIN clients_note n ON (n.client_id = c.id) WHERE c.account_id = %s",
    "SELECT c.name FROM clients_client AS c, clients_note AS n WHERE c.account_id = %s AND n.client_id = c.id",
    "INSERT INTO clients_tag (id, name) SELECT id, name FROM clients_client",
]
RAW_TIED = [
    "SELECT name FROM clients_client WHERE account_id = %s",
    'SELECT "c"."name" FROM "clients_client" "c" WHERE "c"."account_id" = %s',
    "SELECT 1 FROM clients_client c JOIN clients_contact k ON k.account_id = c.account_id WHERE c.account_id = %s",
    "UPDATE clients_client SET name = 'x' WHERE account_id = %s",
    "SELECT 1 FROM accounts_account",
    "INSERT INTO clients_tag (id, account_id) VALUES (%s, %s)",
    "SELECT 1 FROM (SELECT U0.id FROM clients_client U0 WHERE U0.account_id = %s) x",
]


@pytest.mark.parametrize("sql", RAW_UNTIED)
def test_the_guard_catches_raw_statements_without_account(sql):
    with account_context(uuid.uuid4()), pytest.raises(AssertionError, match="not tied"):
        guard.check(lambda *given: None, sql, (), False, {})


@pytest.mark.parametrize("sql", RAW_TIED)
def test_the_guard_lets_tied_statements_pass(sql):
    with account_context(uuid.uuid4()):
        guard.check(lambda *given: None, sql, (), False, {})


def test_the_guard_is_active_in_every_test(within):
    with pytest.raises(AssertionError, match="not tied"), connection.cursor() as cursor:
        cursor.execute("SELECT name FROM clients_client")
