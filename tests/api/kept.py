"""Committed rows of a test database, kept aside and put back within milliseconds."""

import sqlite3

from django.db import connection, transaction

from frontdesk.core.tenancy.context import across_accounts


class Kept:
    """What every table holds at this moment; `put_back` makes it so again."""

    def __init__(self, name: str):
        self.name = name
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            self._copy = sqlite3.connect(":memory:")
            connection.connection.backup(self._copy)
        else:
            self._keep_tables()

    def _tables(self) -> list[str]:
        return [connection.ops.quote_name(name) for name in connection.introspection.table_names()]

    def _run(self, *statements: str) -> None:
        with across_accounts(), transaction.atomic(), connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    def _keep_tables(self) -> None:
        copies = [f"CREATE TABLE {self.name}.{table} AS TABLE public.{table}" for table in self._tables()]
        self._run(f"CREATE SCHEMA {self.name}", *copies)

    def put_back(self) -> None:
        """Undo all that was committed since."""
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            self._copy.backup(connection.connection)
            return
        tables = self._tables()
        gone = [f"DELETE FROM public.{table}" for table in tables]
        self._run(*gone, *[f"INSERT INTO public.{table} TABLE {self.name}.{table}" for table in tables])

    def drop(self) -> None:
        """Forget the copy."""
        if connection.vendor == "sqlite":
            self._copy.close()
        else:
            self._run(f"DROP SCHEMA {self.name} CASCADE")
