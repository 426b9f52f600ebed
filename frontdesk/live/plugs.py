"""Where live updates plug into lower domains."""

from . import own_topics


def register() -> None:
    """Called once at start-up."""
    own_topics.register()
