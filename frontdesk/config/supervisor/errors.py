"""What keeps the supervisor from starting."""


class StartFailed(Exception):
    """Frontdesk cannot start; the message says what to do."""
