"""Upkeep of the REST kit."""

from frontdesk.core.jobs.registry import every

from . import idempotency


@every("rest.prune", hours=1)
def prune_idempotency_keys() -> None:
    """Forget old idempotency keys."""
    idempotency.prune()
