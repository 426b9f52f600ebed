"""One new row by a statement that is made once a process."""

from functools import cache

from django.db import connection, models

from .compiler import check_account


@cache
def _statement(table: str, columns: tuple[str, ...]) -> str:
    quote = connection.ops.quote_name
    marks = ", ".join(["%s"] * len(columns))
    return f"INSERT INTO {quote(table)} ({', '.join(map(quote, columns))}) VALUES ({marks})"


def insert(row: models.Model, fields: list[models.Field]) -> bool:
    """Insert a tenant's row; False when a value is an expression, so that only the compiler can write it.

    Raises AccountContextMissing for a row of another account than the one in context.
    """
    check_account(type(row), [row])
    values = [field.pre_save(row, True) for field in fields]
    if any(hasattr(value, "resolve_expression") for value in values):
        return False
    prepared = [field.get_db_prep_save(value, connection) for field, value in zip(fields, values, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(_statement(row._meta.db_table, tuple(field.column for field in fields)), prepared)
    return True
