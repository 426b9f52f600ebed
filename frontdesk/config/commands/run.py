"""Starts everything: database, web processes, background worker."""

import sys

from django.core.exceptions import ImproperlyConfigured


def run(_options) -> int:
    """Supervise until SIGTERM or SIGINT; 1 when it could not start."""
    from frontdesk.config.supervisor import StartFailed, Supervisor

    try:
        return Supervisor().run()
    except (StartFailed, ImproperlyConfigured) as problem:
        print(problem, file=sys.stderr)
        return 1
