"""Checks an installation and says, in a sentence each, what to do."""

import json
from dataclasses import asdict

from django.core.exceptions import ImproperlyConfigured

from . import set_up_django


def run(options) -> int:
    """Print every finding, as lines or as JSON; 1 when something must be done."""
    try:
        set_up_django()
    except ImproperlyConfigured as problem:
        from frontdesk.core.observability.finding import Finding

        return _say([Finding("settings", False, str(problem))], options.json)
    from frontdesk.config.doctor import findings

    return _say(list(findings()), options.json)


def _say(found: list, as_json: bool) -> int:
    sound = all(finding.ok for finding in found)
    if as_json:
        print(json.dumps({"ok": sound, "checks": [asdict(finding) for finding in found]}, indent=1))
        return 0 if sound else 1
    for finding in found:
        print(f"{finding.name:12} {'ok   ' if finding.ok else 'to do'}  {finding.advice}".rstrip())
    print("Everything is in order." if sound else "See the lines marked “to do”.")
    return 0 if sound else 1
