"""Rows as lines of JSON, the same from every database, and back into tables."""

import itertools
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import msgspec
from django.core.management.color import no_style
from django.db import connection, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

from frontdesk.core.tenancy.context import across_accounts

from . import BackupError
from .archive import Table

ROWS_AT_ONCE = 1000
_encode = msgspec.json.Encoder(order="deterministic").encode
_decode = msgspec.json.Decoder().decode


@contextmanager
def snapshot() -> Iterator[BaseDatabaseWrapper]:
    """A connection of its own that sees one moment, while others go on writing."""
    own = connection.copy()
    with own.cursor() as cursor:
        # Past Django's transactions, which on SQLite begin by waiting for their turn to write.
        level = " ISOLATION LEVEL REPEATABLE READ READ ONLY" if own.vendor == "postgresql" else ""
        cursor.execute(f"BEGIN{level}")
        cursor.execute("SELECT count(*) FROM django_migrations")
        cursor.fetchone()
    try:
        with across_accounts():
            yield own
    finally:
        own.close()


def applied(on) -> list[tuple[str, str]]:
    """The migrations that a connection's database has, by app and name."""
    executor = MigrationExecutor(on)
    return sorted(set(executor.loader.applied_migrations) & set(executor.loader.disk_migrations))


def _heads(graph, done: set) -> list[tuple[str, str]]:
    """Those of the migrations after which none of them comes."""
    return sorted(key for key in done if not any(child.key in done for child in graph.node_map[key].children))


def models_at(migrations: Iterable[tuple[str, str]]) -> list[type[models.Model]]:
    """The models with tables as they were after these migrations, by label; raises BackupError for unknown ones."""
    loader = MigrationExecutor(connection).loader
    done = {(app, name) for app, name in migrations}
    unknown = sorted(done - set(loader.graph.nodes))
    if unknown:
        raise BackupError(
            f"This backup is of a newer version of Frontdesk ({'.'.join(unknown[0])}): install that first."
        )
    state = loader.project_state(_heads(loader.graph, done))
    found = state.apps.get_models(include_auto_created=True)
    kept = [model for model in found if model._meta.managed and not model._meta.proxy]
    return sorted(kept, key=lambda model: model._meta.label_lower)


def columns_of(model: type[models.Model]) -> list[models.Field]:
    """The fields that have a column of their own."""
    return [field for field in model._meta.concrete_fields if not field.generated]


def rows_of(on, model: type[models.Model], table: Table) -> Iterator[bytes]:
    """Every row as a line, in the order of the key; counts them in `table`."""
    rows = model._base_manager.order_by("pk").values_list(*table.columns)
    compiler = rows.query.get_compiler(connection=on)
    found = compiler.results_iter(tuple_expected=True, chunked_fetch=True, chunk_size=ROWS_AT_ONCE)
    while some := list(itertools.islice(found, ROWS_AT_ONCE)):
        table.rows += len(some)
        yield b"".join(_encode(row) + b"\n" for row in some)


def _as_json(field: models.JSONField) -> Callable:
    empty = None if field.null else "null"
    return lambda value: empty if value is None else _encode(value).decode()


def _given(convert: Callable) -> Callable:
    return lambda value: None if value is None else convert(value)


def _converter(field: models.Field) -> Callable | None:
    """From a decoded line to what the database takes; None where that is the same."""
    plain = getattr(field, "target_field", field) if field.is_relation else field
    if isinstance(plain, models.JSONField):
        return _as_json(plain)
    if isinstance(plain, models.CharField | models.TextField | models.BooleanField | models.IntegerField):
        return None
    if connection.vendor == "sqlite" and isinstance(plain, models.UUIDField):
        return _given(lambda value: value.replace("-", ""))
    if connection.vendor == "sqlite" and isinstance(plain, models.DateTimeField):
        return _given(lambda value: value.replace("T", " ").removesuffix("Z"))
    return _given(lambda value: plain.get_db_prep_save(plain.to_python(value), connection))


def load(model: type[models.Model], table: Table, lines: Iterable[bytes]) -> None:
    """Put lines into an empty table; raises BackupError where their number is not what the manifest says."""
    fields = {field.attname: field for field in columns_of(model)}
    if set(fields) != set(table.columns):
        raise BackupError(f"This backup's table {table.model} has other columns than its version.")
    converters = [_converter(fields[name]) for name in table.columns]
    quoted = ", ".join(connection.ops.quote_name(str(fields[name].column)) for name in table.columns)
    into, rows, count = f"{connection.ops.quote_name(model._meta.db_table)} ({quoted})", iter(lines), 0
    while some := list(itertools.islice(rows, ROWS_AT_ONCE)):
        _insert(into, [_converted(_decode(line), converters) for line in some])
        count += len(some)
    if count != table.rows:
        raise BackupError(f"{table.model} has {count} rows and not {table.rows}.")


def _converted(row: list, converters: list[Callable | None]) -> tuple:
    return tuple(value if to is None else to(value) for value, to in zip(row, converters, strict=True))


def _insert(into: str, rows: list[tuple]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {into} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            cursor.executemany(f"INSERT INTO {into} VALUES ({', '.join(['%s'] * len(rows[0]))})", rows)


def build(migrations: Iterable[tuple[str, str]]) -> None:
    """Make the tables as they were after these migrations, in an empty database."""
    executor = MigrationExecutor(connection)
    executor.migrate(_heads(executor.loader.graph, {(app, name) for app, name in migrations}))


def finish(loaded: list[type[models.Model]]) -> None:
    """Let new automatic keys go on after the loaded ones."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), loaded):
            cursor.execute(statement)
