"""Backups: everything of an installation in one file that any other installation can take up.

The file is a ZIP archive with the rows of every table as lines of JSON, the files and the keys, and a manifest with
the size and SHA-256 of each. Rows are kept apart from the database that they came from: what was saved from SQLite can
be restored into PostgreSQL, and the other way round.
"""


class BackupError(Exception):
    """A backup cannot be made, or a file cannot be restored; the message says why and what to do."""
