"""What happens to teams, in words."""

from frontdesk.activity.sentences import register, register_group, register_names
from frontdesk.core.text import gettext_lazy as _lazy

from .queries import load_names

NAMES = {"team": "team", "member": "member"}
register_names("team", load_names, url_name="teams:team")
register_group("team", _lazy("Teams"))
register("team.added", icon="users-plus", hue="green", names=NAMES, sentence=_lazy("%(who)s added a team"))
register("team.changed", icon="edit", names=NAMES, sentence=_lazy("%(who)s changed a team"))
register("team.deleted", icon="trash", hue="red", sentence=_lazy("%(who)s deleted a team"))
register("team.undone", icon="arrow-back-up", hue="green", sentence=_lazy("%(who)s brought a team back"))
register("team.joined", icon="user-plus", hue="green", names=NAMES,
         sentence=_lazy("%(who)s put %(member)s into a team"))  # fmt: skip
register("team.left", icon="user-minus", hue="red", names=NAMES,
         sentence=_lazy("%(who)s took %(member)s out of a team"))  # fmt: skip
