"""Rights about files; which file is somebody's to see is decided by the place where it is (`places.py`)."""

from frontdesk.core.permissions import ADMIN, EVERYONE, define
from frontdesk.core.text import gettext_lazy as _lazy

VIEW = define("files.file:view", _lazy("See and download files"), EVERYONE, writes=False).name
ADD = define("files.file:add", _lazy("Upload files"), EVERYONE).name
REMOVE = define("files.file:remove", _lazy("Remove one's own uploads"), EVERYONE).name
LIMITS = define("files.limits:manage", _lazy("Choose which files may be uploaded"), ADMIN).name
