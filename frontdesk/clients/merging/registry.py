"""What a merge does with each table that belongs to clients.

A table with a foreign key to clients needs nothing: its rows move, and those that may exist once a client and are there
already go. A domain whose rows need more than that registers a rule for its table; one whose rows name a client by a
plain identifier registers one too.
"""

from collections.abc import Callable

from frontdesk.core.registry import Registry

# A rule gets the Merge in progress (`merge.kept`, `merge.gone`, `merge.ledger`) within its transaction.
merge_rules: Registry[Callable] = Registry("merge rule")


def register_rule(table: str, rule: Callable) -> Callable:
    """Set what happens with the rows of a table (`app.model` in lower case) instead of moving them."""
    return merge_rules.register(table, rule)
