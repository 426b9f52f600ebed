"""Checks an installation and says, in a sentence each, what to do."""

from django.core.exceptions import ImproperlyConfigured

from . import set_up_django


def run(_options) -> int:
    """Print every finding; 1 when something must be done."""
    try:
        set_up_django()
    except ImproperlyConfigured as problem:
        print(f"settings     to do  {problem}")
        return 1
    from frontdesk.config.doctor import findings

    sound = True
    for finding in findings():
        sound = sound and finding.ok
        print(f"{finding.name:12} {'ok   ' if finding.ok else 'to do'}  {finding.advice}".rstrip())
    print("Everything is in order." if sound else "See the lines marked “to do”.")
    return 0 if sound else 1
