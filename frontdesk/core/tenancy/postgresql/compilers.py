"""The scoping compilers combined with PostgreSQL's own."""

from django.db.backends.postgresql import compiler as postgresql

from .. import compiler as scoped
from ..compiler import SQLAggregateCompiler, SQLDeleteCompiler, SQLUpdateCompiler

__all__ = ["SQLAggregateCompiler", "SQLCompiler", "SQLDeleteCompiler", "SQLInsertCompiler", "SQLUpdateCompiler"]


class SQLCompiler(scoped.SQLCompiler, postgresql.SQLCompiler):
    """SELECT."""


class SQLInsertCompiler(scoped.SQLInsertCompiler, postgresql.SQLInsertCompiler):
    """INSERT."""
