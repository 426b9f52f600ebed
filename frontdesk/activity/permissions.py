"""Rights about the log and the background work."""

from frontdesk.core.permissions import ADMIN, define
from frontdesk.core.text import gettext_lazy as _lazy

LOG = define("activity.log:view", _lazy("Read the audit log"), ADMIN, writes=False).name
JOBS = define("activity.jobs:manage", _lazy("Retry or discard failed background jobs"), ADMIN).name
