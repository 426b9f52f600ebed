"""What a test tries and takes back."""

import contextlib
from collections.abc import Iterator

from django.db import transaction


@contextlib.contextmanager
def undone() -> Iterator[None]:
    """Take back whatever the block writes, inside the test's own transaction.

    A savepoint that is merely rolled back stays open, and each open one holds a lock of PostgreSQL's shared table.
    """
    point = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(point)
        transaction.savepoint_commit(point)
