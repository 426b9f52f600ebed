"""What is measured on a data set of its own: the jobs, by the data set's name."""

SETS = {
    "talks": {"talks", "post", "rooms", "thread", "message-search"},
    "inbox": {"inbox", "inbox-list", "inbox-open"},
}
OF_SETS = set().union(*SETS.values())


def set_of(job: str) -> str:
    """The data set of a job; "" for one of those that have none of their own."""
    return next((name for name, jobs in SETS.items() if job in jobs), "")
