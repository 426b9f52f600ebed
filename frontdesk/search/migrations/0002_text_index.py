"""The full-text side of the index: FTS5 trigrams on SQLite, a trigram GIN index on PostgreSQL."""

from django.db import migrations

from frontdesk.core.tenancy.collation import bytewise

SQLITE = """
CREATE VIRTUAL TABLE search_text USING fts5(
    text, content='search_searchentry', content_rowid='document', tokenize='trigram', detail=none, columnsize=0
)
"""
POSTGRESQL = [
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE EXTENSION IF NOT EXISTS btree_gin",
    "CREATE INDEX search_text ON search_searchentry USING gin (account_id, text gin_trgm_ops)",
]


def create(apps, schema_editor):
    """Make the index of the database in use."""
    statements = [SQLITE] if schema_editor.connection.vendor == "sqlite" else POSTGRESQL
    for statement in statements:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    """Remove it."""
    kind = "TABLE" if schema_editor.connection.vendor == "sqlite" else "INDEX"
    schema_editor.execute(f"DROP {kind} IF EXISTS search_text")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [bytewise("search_searchentry", "sort_key", 200), migrations.RunPython(create, drop)]
