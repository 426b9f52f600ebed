"""Reads whose SQL is made once a process from a queryset, and then only filled with values.

Building and compiling a queryset costs up to ten times what SQLite takes to answer it. The reads that every page makes
(who acts, tags, team, contacts) are therefore written once as querysets and kept as SQL:

    TAGS = Prepared(lambda ids: ClientTag.objects.filter(client_id__in=ids).values_list("client_id", "tag__name"))
    TAGS(client_ids)                      # list of tuples, of the account in context

Values are UUIDs, strings, numbers, or lists of UUIDs. The account in context is filled in like any other value, so a
prepared read is scoped and fails closed as its queryset does.
"""

import functools
import itertools
import uuid
from collections.abc import Callable
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.sqlite3.base import FORMAT_QMARK_REGEX
from django.db.models.base import ModelState

from .context import account_context, across_accounts, current_account_id

_STAND_IN = 0xF00D_0000_0000_7000_8000_0000_0000_0000
_NUMBER = 1 << 62
_LONGEST_LIST = 1000


def _sparing(convert: Callable, column) -> Callable:
    """A field's converter that parses no JSON where there is nothing: most choose nothing of their own."""
    if not isinstance(column.output_field, models.JSONField):
        return convert
    return lambda value, column, own: {} if value == "{}" else [] if value == "[]" else convert(value, column, own)


class _Statement:
    """SQL with the places where values go; `places` says which of the values stands behind a parameter."""

    def __init__(self, queryset: models.QuerySet, places: dict[Any, int], count: int):
        compiler = queryset.query.get_compiler(connection=connection)
        self.sql, params = compiler.as_sql()
        self.bare = FORMAT_QMARK_REGEX.sub("?", self.sql).replace("%%", "%")
        self.fixed = [value for value in params if value not in places]
        rest = itertools.count(count)
        self.order = [places[value] if value in places else next(rest) for value in params]
        known = compiler.get_converters([column for column, _sql, _alias in compiler.select])
        chain = [(place, convert, column) for place, (some, column) in known.items() for convert in some]
        # Those of the database come before those of the field.
        plain = getattr(connection.ops, "plain_converter", lambda convert: None)
        self.plain = [(place, quick) for place, convert, _column in chain if (quick := plain(convert))]
        self.converters = [
            (place, _sparing(convert, column), column) for place, convert, column in chain if not plain(convert)
        ]

    def filled(self, values: list) -> list:
        """The parameters with these values in their places."""
        every = values + self.fixed
        return [every[index] for index in self.order]

    def run(self, own: BaseDatabaseWrapper, values: list) -> list[tuple]:
        filled = self.filled(values)
        if own.vendor == "sqlite" and not own.execute_wrappers and not own.queries_logged:
            rows = self._straight(own, filled)
        else:
            with own.cursor() as cursor:
                cursor.execute(self.sql, filled)
                rows = cursor.fetchall()
        return [self._converted(row, own) for row in rows] if self.converters or self.plain else rows

    def _converted(self, row: tuple, own: BaseDatabaseWrapper) -> tuple:
        """The row as its fields give it; every field gives None for NULL."""
        values = list(row)
        for place, quick in self.plain:
            value = values[place]
            if value is not None:
                values[place] = quick(value)
        for place, convert, column in self.converters:
            value = values[place]
            if value is not None:
                values[place] = convert(value, column, own)
        return tuple(values)

    def _straight(self, own: BaseDatabaseWrapper, filled: list) -> list[tuple]:
        """Past Django's layers of cursors, which cost as much as SQLite's answer, when nobody watches statements."""
        with own.wrap_database_errors:
            own.ensure_connection()
            return own.connection.execute(self.bare, filled).fetchall()


def _stand_in(position: int, index: int, value):
    if isinstance(value, int):
        return _NUMBER + (position << 16) + index
    number = _STAND_IN + (position << 16) + index
    return uuid.UUID(int=number) if isinstance(value, uuid.UUID) else f"\x7f{number}"


def _stored(values: list, native: bool) -> list:
    """Values as the database driver takes them: SQLite keeps UUIDs as 32 digits."""
    return values if native else [f"{one.int:032x}" if isinstance(one, uuid.UUID) else one for one in values]


class Prepared:
    """A read by SQL that is made on first use; `build` takes the values and gives a `values_list` queryset.

    `scoped` False is for tables that belong to no account; the others need an account in context.
    """

    def __init__(self, build: Callable[..., models.QuerySet], *, scoped: bool = True):
        self.build = build
        self.scoped = scoped
        self._statements: dict[tuple, _Statement] = {}

    def __call__(self, *values) -> list[tuple]:
        """The rows for these values, with the converters of their fields applied."""
        if not all(value for value in values if isinstance(value, list)):
            return []
        statement, filled, own = self._statement(values)
        return statement.run(own, filled)

    def part(self, *values) -> tuple[str, list]:
        """SQL and parameters, to stand within a statement written by hand, such as `thread_id IN (...)`."""
        statement, filled, _own = self._statement(values)
        return statement.sql, statement.filled(filled)

    def _statement(self, values: tuple) -> tuple[_Statement, list, BaseDatabaseWrapper]:
        account = current_account_id() if self.scoped else None
        own = connections[DEFAULT_DB_ALIAS]
        shape = (own.vendor, *(len(one) if isinstance(one, list) else 0 for one in values))
        statement = self._statements.get(shape)
        if statement is None:
            statement = self._make(shape, values)
        flat = [account]
        for one in values:
            flat += one if isinstance(one, list) else (one,)
        return statement, _stored(flat, own.features.has_native_uuid_field), own

    def _make(self, shape: tuple, values: tuple) -> _Statement:
        account = _stand_in(0, 0, uuid.UUID(int=0))
        lists = [value if isinstance(value, list) else [value] for value in values]
        stand_ins = [[_stand_in(p, i, item) for i, item in enumerate(one)] for p, one in enumerate(lists, 1)]
        every = [account, *itertools.chain(*stand_ins)]
        stored = _stored(every, connection.features.has_native_uuid_field)
        places = {one: index for index, one in enumerate(stored)}
        arguments = [one if isinstance(value, list) else one[0] for one, value in zip(stand_ins, values, strict=True)]
        with account_context(account) if self.scoped else across_accounts():
            statement = _Statement(self.build(*arguments), places, len(every))
        if len(every) <= _LONGEST_LIST:
            self._statements[shape] = statement
        return statement


class _Part(NamedTuple):
    """One of the instances in a row: where its columns are; `key` of the part `owner` leads to it."""

    path: str
    model: type[models.Model]
    names: list[str]
    columns: slice
    owner: str
    key: Any


class PreparedObjects:
    """As Prepared, for instances of a model with related ones: `related` maps paths (`member__user`) to models.

    `only` names by path the columns that are wanted of related ones, `id` among them; each of the others would be read
    when it is asked for.
    """

    def __init__(
        self,
        model: type[models.Model],
        related: dict[str, type[models.Model]],
        build,
        *,
        scoped: bool = True,
        only: dict[str, tuple[str, ...]] | None = None,
    ):
        self.models = {"": model, **related}
        self.only = only or {}
        self.prepared = Prepared(lambda *values: build(*values).values_list(*self._columns()), scoped=scoped)

    @functools.cached_property
    def parts(self) -> list[_Part]:
        """The instances in a row, in the order of their columns."""
        made, start = [], 0
        for path, model in self.models.items():
            wanted = self.only.get(path)
            names = [field.attname for field in model._meta.concrete_fields if not wanted or field.attname in wanted]
            owner, _, name = path.rpartition("__")
            key = self.models[owner]._meta.get_field(name) if path else None
            made.append(_Part(path, model, names, slice(start, start + len(names)), owner, key))
            start += len(names)
        return made

    def _columns(self) -> list[str]:
        return [f"{part.path}__{name}" if part.path else name for part in self.parts for name in part.names]

    def __call__(self, *values) -> list:
        """The instances for these values, their related ones loaded."""
        return [self._instance(row) for row in self.prepared(*values)]

    def _instance(self, row: tuple):
        made: dict[str, models.Model | None] = {}
        for part in self.parts:
            columns = row[part.columns]
            one = made[part.path] = None if part.key and columns[0] is None else _loaded(part, columns)
            owner = made[part.owner]
            if part.key and owner is not None:
                part.key.set_cached_value(owner, one)
        return made[""]


def _loaded(part: _Part, columns: tuple) -> models.Model:
    """An instance as `from_db` gives it, without the defaults and signals of `__init__`, which cost five times more."""
    one = part.model.__new__(part.model)
    one._state = state = ModelState()
    state.adding, state.db = False, DEFAULT_DB_ALIAS
    one.__dict__.update(zip(part.names, columns, strict=True))
    return one


def number_of(part: tuple[str, list] | None) -> int:
    """The one number that a statement selects, given with its parameters; 0 for no statement."""
    if part is None:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(*part)
        return int(cursor.fetchone()[0])
