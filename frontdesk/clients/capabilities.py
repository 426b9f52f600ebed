"""What an account may allow its co-workers with clients, beyond the rights of their role.

Domains to come lend theirs in the same way; the keys kept for them are listed in docs/rights.md.
"""

from frontdesk.core.options import Option
from frontdesk.core.permissions import lend
from frontdesk.core.text import gettext_lazy as _lazy

from . import permissions

SEE_ALL = Option(
    "see_all_clients",
    _lazy("See all %(clients)s"),
    _lazy("Not only those whom they serve."),
    frozenset({permissions.VIEW_ALL}),
    order=10,
)
EDIT = Option(
    "edit_clients",
    _lazy("Change %(clients)s"),
    _lazy("Details, contacts, tags, status and availability of those whom they see."),
    frozenset({permissions.EDIT}),
    order=20,
)
ADD = Option(
    "add_clients",
    _lazy("Add %(clients)s"),
    _lazy("They serve whom they add."),
    frozenset({permissions.ADD}),
    order=30,
)
EXPORT = Option(
    "export_clients",
    _lazy("Export %(clients)s"),
    _lazy("Those whom they see, as a file."),
    frozenset({permissions.EXPORT}),
    order=40,
)


def register() -> None:
    """Called once at start-up."""
    for option in (SEE_ALL, EDIT, ADD, EXPORT):
        lend(option)
