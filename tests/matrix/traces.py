"""Whether anything of one account points at, or changed in, the other."""

import hashlib
from uuid import UUID

from django.apps import apps
from django.core import serializers
from django.db import models
from django.db.models import Q

from frontdesk.accounts.models import Account, Member
from frontdesk.core.tenancy.context import account_context
from frontdesk.core.tenancy.placement import placement


def tenant_models() -> list[type]:
    """Every table of tenants."""
    return [model for model in apps.get_models() if placement(model) == "tenant"]


def _id_fields(model) -> list[str]:
    own = [field for field in model._meta.local_fields if not field.primary_key and field.name != "account"]
    return [field.attname for field in own if isinstance(field, models.ForeignKey | models.UUIDField)]


def pointing_at(account: Account, ids: set[UUID]) -> list[str]:
    """Rows of the account that hold one of the ids, as `table.field`."""
    found = []
    with account_context(account):
        for model in tenant_models():
            names = _id_fields(model)
            held = Q(*[(f"{name}__in", list(ids)) for name in names], _connector=Q.OR)
            if names and model.objects.filter(held).exists():
                found.append(f"{model._meta.label}: {', '.join(names)}")
    return found


def fingerprint(account: Account) -> str:
    """A hash of everything that belongs to an account."""
    digest = hashlib.sha256()
    with account_context(account):
        sets = [model.objects.order_by("pk") for model in tenant_models()]
        sets += [Member.objects.filter(account=account).order_by("pk"), Account.objects.filter(pk=account.pk)]
        for rows in sets:
            digest.update(serializers.serialize("json", rows).encode())
    return digest.hexdigest()
