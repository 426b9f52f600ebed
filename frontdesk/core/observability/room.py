"""Room on disk for the counts that the processes share.

The metrics library maps a sparse file into memory; on a full disk the first touch of a new page would end the
process with SIGBUS. Loaded before that library, which decides at import whether it shares.
"""

import os
from pathlib import Path

VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
# Some 2,000 series of one process, more than there are routes, methods and statuses.
BYTES = 4 * 1024 * 1024


def reserve() -> None:
    """Take the blocks for this process's counts; without room it counts for itself only."""
    folder = os.environ.get(VARIABLE)
    if not folder:
        return
    path = Path(folder) / f"histogram_{os.getpid()}.db"
    try:
        with path.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, BYTES)
    except OSError:
        path.unlink(missing_ok=True)
        del os.environ[VARIABLE]
