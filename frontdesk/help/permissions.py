"""Rights about the help."""

from frontdesk.core.permissions import ADMIN, EVERYONE, define
from frontdesk.core.text import gettext_lazy as _lazy

READ = define("help.topic:view", _lazy("Read the help"), EVERYONE, writes=False).name
ANSWER = define("help.answer:give", _lazy("Say whether a topic of the help was of use"), EVERYONE).name
ANSWERS = define("help.answer:view", _lazy("See what people say about the help"), ADMIN, writes=False).name
