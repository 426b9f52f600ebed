"""The full-text side of messages: FTS5 trigrams on SQLite, a trigram GIN index on PostgreSQL."""

from django.db import migrations

SQLITE = """
CREATE VIRTUAL TABLE messaging_text USING fts5(
    folded, content='messaging_message', content_rowid='document', tokenize='trigram', detail=none, columnsize=0
)
"""
POSTGRESQL = "CREATE INDEX messaging_text ON messaging_message USING gin (account_id, folded gin_trgm_ops)"


def create(apps, schema_editor):
    """Make the index of the database in use."""
    schema_editor.execute(SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL)


def drop(apps, schema_editor):
    """Remove it."""
    kind = "TABLE" if schema_editor.connection.vendor == "sqlite" else "INDEX"
    schema_editor.execute(f"DROP {kind} IF EXISTS messaging_text")


class Migration(migrations.Migration):
    dependencies = [("messaging", "0001_initial"), ("search", "0002_text_index")]
    operations = [migrations.RunPython(create, drop)]
