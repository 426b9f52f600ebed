"""The pages of notifications."""

from . import choosing as choosing
from . import devices as devices
from . import installed as installed
from . import reading as reading
from . import stopping as stopping
