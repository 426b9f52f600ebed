"""SQL compilers that scope every query on a tenant table to the account in context.

Each table alias that is not already tied to its account (by an AccountForeignKey's join) gets
`alias.account_id = <account>`; without a context the query raises instead of running.
"""

import functools

from django.apps import apps
from django.db.models.sql import compiler
from django.db.models.sql.constants import LOUTER
from django.db.models.sql.where import AND, WhereNode

from .context import EVERY_ACCOUNT, AccountContextMissing, current
from .fields import AccountForeignKey


@functools.cache
def tenant_tables() -> dict[str, type]:
    """Database table name to tenant model."""
    return {model._meta.db_table: model for model in apps.get_models() if getattr(model, "account_scoped", False)}


def _needs_scope(query, alias: str, join) -> bool:
    if not query.alias_refcount[alias] or join.join_type == LOUTER:
        return False
    joined_by = getattr(join, "join_field", None)
    forward = getattr(joined_by, "field", joined_by)
    return not isinstance(forward, AccountForeignKey)


def _conditions(query, account_id, aliases) -> list:
    found = []
    for alias, join in aliases:
        model = tenant_tables().get(join.table_name)
        if model is None or not _needs_scope(query, alias, join):
            continue
        if account_id is None:
            raise AccountContextMissing(f"query on {model._meta.label} outside an account context")
        field = model._meta.get_field("account")
        found.append(field.get_lookup("exact")(field.get_col(alias), account_id))
    return found


def scope(query, base_only: bool = False) -> None:
    """Tie the query's tenant tables to the account in context; raises AccountContextMissing without one."""
    account_id = current()
    if account_id is EVERY_ACCOUNT or query.combinator:
        return
    if not any(query.alias_refcount.values()):
        query.get_initial_alias()
    aliases = [(a, j) for a, j in query.alias_map.items() if not base_only or a == query.base_table]
    conditions = _conditions(query, account_id, aliases)
    if conditions:
        existing = [query.where] if query.where.children else []
        query.where = WhereNode(existing + conditions, AND)


class SQLCompiler(compiler.SQLCompiler):
    """SELECT."""

    def __init__(self, query, *args, **kwargs):
        if getattr(query, "model", None) is not None and current() is not EVERY_ACCOUNT:
            query = query.clone()
            scope(query)
        super().__init__(query, *args, **kwargs)


class SQLUpdateCompiler(compiler.SQLUpdateCompiler):
    """UPDATE."""

    def pre_sql_setup(self):
        """Scope the updated table after Django has gathered what to update."""
        super().pre_sql_setup()
        scope(self.query, base_only=True)


class SQLDeleteCompiler(compiler.SQLDeleteCompiler):
    """DELETE."""

    def _as_sql(self, query):
        scope(query)
        return super()._as_sql(query)


class SQLAggregateCompiler(compiler.SQLAggregateCompiler):
    """Aggregates over a subquery, which is scoped by its own compiler."""


def check_account(model, rows) -> None:
    """Refuse new rows of another account than the one in context."""
    account_id = current()
    if account_id is EVERY_ACCOUNT or model._meta.db_table not in tenant_tables():
        return
    if account_id is None:
        raise AccountContextMissing(f"insert into {model._meta.label} outside an account context")
    if any(getattr(row, "account_id", None) != account_id for row in rows):
        raise AccountContextMissing(f"insert into {model._meta.label} for another account")


class SQLInsertCompiler(compiler.SQLInsertCompiler):
    """INSERT."""

    def as_sql(self):
        """The statements, after the rows' account was checked."""
        check_account(self.query.model, self.query.objs)
        return super().as_sql()
