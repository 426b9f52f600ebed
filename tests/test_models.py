"""Every table keeps the rules that let the database be split by account."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import models
from django.test.utils import isolate_apps

from frontdesk.accounts.models import Account
from frontdesk.core.ids import uuid7
from frontdesk.core.tenancy import placement
from frontdesk.core.tenancy.fields import AccountForeignKey
from frontdesk.core.tenancy.models import TenantModel


def test_all_models_keep_the_rules():
    assert placement.all_faults() == {}


def test_every_model_change_has_its_migration(db):
    said = StringIO()
    call_command("makemigrations", check=True, dry_run=True, stdout=said, skip_checks=True)
    assert "No changes" in said.getvalue()


def _tied(model):
    """The isolated model with its key to the real accounts, which the isolated registry does not know."""
    field = model._meta.get_field("account")
    field.remote_field.model = Account
    field.__dict__.pop("related_model", None)
    return model


def _integer_key():
    class Planted(TenantModel):
        id = models.BigAutoField(primary_key=True)

        class Meta:
            app_label = "rest"

    return Planted


def _null_account():
    class Planted(TenantModel):
        account = models.ForeignKey("accounts.Account", models.CASCADE, null=True)

        class Meta:
            app_label = "rest"

    return Planted


def _unique_without_account():
    class Planted(TenantModel):
        code = models.CharField(max_length=9, unique=True)

        class Meta:
            app_label = "rest"

    return Planted


def _constraint_without_account():
    class Planted(TenantModel):
        code = models.CharField(max_length=9)

        class Meta:
            app_label = "rest"
            constraints = [models.UniqueConstraint(fields=["code"], name="planted_code")]

    return Planted


def _index_without_account():
    class Planted(TenantModel):
        code = models.CharField(max_length=9)

        class Meta:
            app_label = "rest"
            indexes = [models.Index(fields=["code"], name="planted_code")]

    return Planted


def _plain_foreign_key():
    class Other(TenantModel):
        class Meta:
            app_label = "rest"

    class Planted(TenantModel):
        other = models.ForeignKey(Other, models.CASCADE)

        class Meta:
            app_label = "rest"

    return Planted


def _automatic_many_to_many():
    class Other(TenantModel):
        class Meta:
            app_label = "rest"

    class Planted(TenantModel):
        others = models.ManyToManyField(Other)

        class Meta:
            app_label = "rest"

    return Planted


def _inherited_table():
    class Other(TenantModel):
        class Meta:
            app_label = "rest"

    class Planted(Other):
        class Meta:
            app_label = "rest"

    return Planted


def _undeclared():
    class Planted(models.Model):
        id = models.UUIDField(primary_key=True, default=uuid7)

        class Meta:
            app_label = "rest"

    return Planted


PLANTED = {
    _integer_key: "primary key must be a UUID",
    _null_account: "account must not be null",
    _unique_without_account: "unique without account",
    _constraint_without_account: "unique without account",
    _index_without_account: "an index starts with account",
    _plain_foreign_key: "use AccountForeignKey",
    _automatic_many_to_many: "needs an explicit tenant through model",
    _inherited_table: "no multi-table inheritance",
    _undeclared: "declares no placement",
}


@pytest.mark.parametrize("make", PLANTED, ids=lambda make: make.__name__)
def test_a_planted_fault_is_caught(make):
    with isolate_apps("frontdesk.core.rest"):
        planted = make()
        if hasattr(planted, "account"):
            _tied(planted)
        assert any(PLANTED[make] in said for said in placement.faults(planted))


def test_a_reference_table_must_not_point_at_a_tenant(monkeypatch):
    with isolate_apps("frontdesk.core.rest"):
        planted = _tied(_plain_foreign_key())
        monkeypatch.setattr(placement, "REFERENCE", {"rest.planted"})
        assert any("must not point at a tenant one" in said for said in placement.faults(planted))


def test_a_tenant_table_must_not_point_at_a_local_one(monkeypatch):
    with isolate_apps("frontdesk.core.rest"):
        monkeypatch.setattr(placement, "LOCAL", {"rest.other"})

        class Other(models.Model):
            class Meta:
                app_label = "rest"

        class Planted(TenantModel):
            other = models.ForeignKey(Other, models.CASCADE)

            class Meta:
                app_label = "rest"

        assert any("must not point at a local one" in said for said in placement.faults(_tied(Planted)))


def test_a_sound_model_passes():
    with isolate_apps("frontdesk.core.rest"):

        class Other(TenantModel):
            class Meta:
                app_label = "rest"

        class Planted(TenantModel):
            other = AccountForeignKey(Other, models.CASCADE)

            class Meta:
                app_label = "rest"
                constraints = [models.UniqueConstraint(fields=["account", "other"], name="planted_once")]

        assert placement.faults(_tied(Planted)) == []
