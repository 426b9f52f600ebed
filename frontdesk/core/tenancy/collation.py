"""Sort keys are compared byte by byte on every database, so that prefixes are ranges and pages agree."""

from django.db import migrations


def bytewise(table: str, column: str, length: int) -> migrations.RunPython:
    """A migration step that gives a folded text column the C collation on PostgreSQL; SQLite compares so anyway."""

    def apply(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f'ALTER TABLE {table} ALTER COLUMN {column} TYPE varchar({length}) COLLATE "C"')

    return migrations.RunPython(apply, migrations.RunPython.noop)
