"""Where each table lives when the database is split by account, and the check that models keep the rules.

tenant: rows of one account, kept together. reference: small, rarely written, copied everywhere.
local: sessions, queues and caches of one installation.
"""

from django.apps import apps
from django.db import models

from .fields import AccountForeignKey

REFERENCE = {
    "accounts.account",
    "accounts.user",
    "accounts.member",
    "auth.permission",
    "auth.group",
    "auth.group_permissions",
    "contenttypes.contenttype",
    "account.emailaddress",
    "account.emailconfirmation",
    "mfa.authenticator",
}
LOCAL = {
    "accounts.session", "jobs.queuedjob", "jobs.schedule", "jobs.heartbeat", "rest.idempotencykey", "live.liveevent",
}  # fmt: skip
# Indexes for background work that looks through all accounts at once.
ACROSS = {"scheduled_due"}


def placement(model) -> str | None:
    """`tenant`, `reference`, `local`, or None for a table that declares nothing."""
    label = model._meta.label_lower
    if label in REFERENCE:
        return "reference"
    if getattr(model, "account_scoped", False):
        return "tenant"
    return "local" if label in LOCAL else None


def _key_faults(model) -> list[str]:
    faults = []
    key = model._meta.pk
    if not isinstance(key, models.UUIDField) or not callable(key.default):
        faults.append("the primary key must be a UUID made by the application")
    if model._meta.get_field("account").null:
        faults.append("account must not be null")
    if any(not parent._meta.abstract for parent in model._meta.parents):
        faults.append("no multi-table inheritance")
    return faults


def _constraint_faults(model) -> list[str]:
    options = model._meta
    faults = [f"{f.name}: unique without account" for f in options.local_fields if f.unique and not f.primary_key]
    for constraint in options.constraints:
        if not isinstance(constraint, models.UniqueConstraint):
            continue
        names = {x.name for e in constraint.expressions for x in e.flatten() if isinstance(x, models.F)}
        if "account" not in {*constraint.fields, *names}:
            faults.append(f"{constraint.name}: unique without account")
    for index in options.indexes:
        first = index.fields[0] if index.fields else getattr(index.expressions[0], "name", None)
        if first != "account" and index.name not in ACROSS:
            faults.append(f"{index.name}: an index starts with account")
    return faults


def _relation_faults(model, field) -> list[str]:
    own, target = placement(model), placement(field.related_model)
    if own == target == "tenant" and not isinstance(field, AccountForeignKey):
        return [f"{field.name}: use AccountForeignKey between tenant tables"]
    if own == "tenant" and target in ("local", None):
        return [f"{field.name}: a tenant table must not point at a local one"]
    if own in ("reference", "local") and target == "tenant":
        return [f"{field.name}: a {own} table must not point at a tenant one"]
    return []


def faults(model) -> list[str]:
    """What a model does against the rules, as sentences; empty when it keeps them."""
    own = placement(model)
    if own is None:
        return ["declares no placement (tenant, reference, local)"]
    found = _key_faults(model) + _constraint_faults(model) if own == "tenant" else []
    for field in model._meta.local_fields:
        if field.is_relation:
            found += _relation_faults(model, field)
    for field in model._meta.local_many_to_many:
        if field.remote_field.through._meta.auto_created and own == "tenant":
            found.append(f"{field.name}: a many-to-many needs an explicit tenant through model")
    return found


def all_faults() -> dict[str, list[str]]:
    """Model label to faults, for every model that has some."""
    found = {model._meta.label: faults(model) for model in apps.get_models(include_auto_created=True)}
    return {label: sentences for label, sentences in found.items() if sentences}
