"""One connection of the database's own driver, with the settings that Frontdesk uses."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from frontdesk.config.env import SQLITE_PRAGMAS


class Sqlite:
    """SQLite through the standard library; identifiers are hexadecimal text."""

    def __init__(self):
        path = os.path.join(os.environ["FRONTDESK_DATA"], "frontdesk.sqlite3")
        self.connection = sqlite3.connect(path, isolation_level=None, cached_statements=200)
        self.connection.executescript(SQLITE_PRAGMAS)

    def rows(self, sql: str, values=()) -> list[tuple]:
        """All rows of a statement whose parameters are written %s."""
        return self.connection.execute(sql.replace("%s", "?"), values).fetchall()

    def among(self, column: str, values: list) -> tuple[str, list]:
        """A condition that the column is one of the values, and its parameters."""
        return f"{column} IN ({','.join('?' * len(values))})", values

    def insert_many(self, table: str, columns: tuple[str, ...], values: list[tuple]) -> None:
        """Insert rows."""
        marks = ",".join("?" * len(columns))
        self.connection.executemany(f"INSERT INTO {table} ({','.join(columns)}) VALUES ({marks})", values)

    def identifier(self, text: str) -> str:
        """An identifier as this database stores it."""
        return text.replace("-", "")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One transaction, begun as a writer."""
        self.connection.execute("BEGIN IMMEDIATE")
        yield
        self.connection.execute("COMMIT")


class Postgresql:
    """PostgreSQL through psycopg; statements are prepared by the driver once they repeat."""

    def __init__(self):
        import psycopg

        self.connection = psycopg.connect(os.environ["FRONTDESK_DATABASE"], autocommit=True)

    def rows(self, sql: str, values=()) -> list[tuple]:
        """All rows of a statement whose parameters are written %s."""
        cursor = self.connection.execute(sql, values)
        return cursor.fetchall() if cursor.description else []

    def among(self, column: str, values: list) -> tuple[str, list]:
        """A condition that the column is one of the values, and its parameters."""
        return f"{column} = ANY(%s)", [values]

    def insert_many(self, table: str, columns: tuple[str, ...], values: list[tuple]) -> None:
        """Insert rows."""
        with self.connection.cursor().copy(f"COPY {table} ({','.join(columns)}) FROM STDIN") as copy:
            for row in values:
                copy.write_row(row)

    def identifier(self, text: str) -> str:
        """An identifier as this database takes it."""
        return text

    def transaction(self):
        """One transaction."""
        return self.connection.transaction()


def connect() -> Sqlite | Postgresql:
    """The database that FRONTDESK_DATABASE names."""
    return Postgresql() if os.environ.get("FRONTDESK_DATABASE", "").startswith("postgres") else Sqlite()
