"""Which files an account takes and how large they may be."""

from dataclasses import dataclass

from django.conf import settings

from frontdesk.core.tenancy.prepared import Prepared
from frontdesk.core.text import gettext as _

from .models import FileLimits
from .types import DEFAULT_EXTENSIONS

MIB = 1024 * 1024
DEFAULT_MEGABYTES = 100
_CHOSEN = Prepared(lambda: FileLimits.objects.values_list("extensions", "megabytes"))


@dataclass(frozen=True)
class Limits:
    """What may be uploaded: extensions in lower case, and the largest size."""

    extensions: tuple[str, ...]
    megabytes: int

    @property
    def bytes(self) -> int:
        """The largest size in bytes."""
        return self.megabytes * MIB

    @property
    def accept(self) -> str:
        """The extensions as a file field takes them."""
        return ",".join(f".{name}" for name in self.extensions)

    @property
    def listed(self) -> str:
        """The extensions as a person reads them."""
        return ", ".join(self.extensions)

    @property
    def hint(self) -> str:
        """What is said beside every place where one uploads."""
        return _("Up to %(megabytes)s MB each", megabytes=self.megabytes)


def cap() -> int:
    """The most megabytes that an account of this installation may allow."""
    return settings.MAX_FILE_BYTES // MIB


def limits() -> Limits:
    """Those of the account in context."""
    for extensions, megabytes in _CHOSEN():
        return Limits(tuple(extensions), min(megabytes, cap()))
    return Limits(DEFAULT_EXTENSIONS, min(DEFAULT_MEGABYTES, cap()))
