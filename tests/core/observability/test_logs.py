"""Logs: a place that takes no more lines costs the lines, never the work."""

import subprocess
import sys

PROGRAM = """
import structlog
from frontdesk.core.observability import logs
logs.configure({})
structlog.get_logger("test").info("first")
print("went on")
"""


def _run(stderr) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, stderr=stderr, text=True, timeout=60)


def test_a_line_is_one_json_object():
    assert '"event":"first"' in _run(subprocess.PIPE).stderr


def test_a_full_disk_below_the_log_stops_nothing():
    with open("/dev/full", "w") as full:
        ended = _run(full)
    assert (ended.returncode, ended.stdout) == (0, "went on\n")
