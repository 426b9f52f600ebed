"""How what happens to people, tokens and the account reads."""

from collections.abc import Callable
from datetime import datetime

from frontdesk.activity.sentences import Change, register, register_group
from frontdesk.core.options import Option
from frontdesk.core.permissions import capabilities
from frontdesk.core.registry import Registry
from frontdesk.core.text import gettext as _
from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.ui import formats

from .models import Role

MEMBER = {"member": "member"}


def _role(value: str) -> str:
    return str(Role(value).label) if value in Role.values else value


def _role_change(data: dict) -> list[Change]:
    return [Change(_("Role"), _role(data.get("from", "")), _role(data.get("to", "")))]


def _away_changes(data: dict) -> list[Change]:
    until = formats.moment(datetime.fromisoformat(data["until"])) if data.get("until") else _("Open end")
    return [Change(_("From"), "", formats.moment(datetime.fromisoformat(data["from"]))), Change(_("Until"), "", until)]


def _chosen(value: bool | None) -> str:
    return _("As for all") if value is None else _("Yes") if value else _("No")


def option_changes(options: Registry[Option]) -> Callable[[dict], list[Change]]:
    """What a change of options shows: each by its label, as it was and as it is."""

    def changes(data: dict) -> list[Change]:
        before, after = data.get("before", {}), data.get("after", {})
        labels = {key: known.label if (known := options.get(key)) else key for key in after}
        return [Change(label, _chosen(before.get(key)), _chosen(after[key])) for key, label in labels.items()]

    return changes


register_group("account", _lazy("Account"))
register_group("member", _lazy("People"))
register_group("invitation", _lazy("Invitations"))
register_group("profile", _lazy("Profiles"))
register_group("token", _lazy("API tokens"))
register("account.created", icon="building-store", hue="green", sentence=_lazy("%(who)s set up the account"))
register("account.changed", icon="settings", sentence=_lazy("%(who)s changed the account's settings"))
register("account.privacy_changed", icon="shield-lock", sentence=_lazy("%(who)s changed the privacy notice"))
register("account.words_changed", icon="language", sentence=_lazy("%(who)s changed the words of the account"))
register("account.factor_required", icon="shield-lock", hue="amber",
         sentence=_lazy("%(who)s made a second factor a must for the office"))  # fmt: skip
register("account.factor_optional", icon="shield-lock", hue="amber",
         sentence=_lazy("%(who)s no longer makes a second factor a must for the office"))  # fmt: skip
register("account.mail_changed", icon="mail-opened", sentence=_lazy("%(who)s changed the text of a mail"))
register("account.mail_reset", icon="mail-opened", sentence=_lazy("%(who)s went back to the default text of a mail"))
register("member.welcomed", icon="mail-opened", hue="blue", names=MEMBER,
         sentence=_lazy("%(who)s sent %(member)s the welcome"))  # fmt: skip
register("member.created", icon="user-plus", hue="green", names=MEMBER, sentence=_lazy("%(who)s added %(member)s"))
register("member.exported", icon="file-export", sentence=_lazy("%(who)s exported the directory"))
register("member.invited", icon="mail-forward", hue="blue", names=MEMBER, sentence=_lazy("%(who)s invited %(member)s"))
register("member.registered", icon="user-check", hue="green", sentence=_lazy("%(who)s accepted the invitation"))
register("member.changed", icon="user-edit", names=MEMBER, sentence=_lazy("%(who)s changed the details of %(member)s"))
register("member.role", icon="user-shield", hue="amber", names=MEMBER, changes=_role_change,
         sentence=_lazy("%(who)s gave %(member)s another role"))  # fmt: skip
register("member.deactivated", icon="user-off", hue="red", names=MEMBER,
         sentence=_lazy("%(who)s switched off the access of %(member)s"))  # fmt: skip
register("member.activated", icon="user-check", hue="green", names=MEMBER,
         sentence=_lazy("%(who)s switched on the access of %(member)s"))  # fmt: skip
register("member.left", icon="logout", hue="red", sentence=_lazy("%(who)s left the account"))
register("member.sign_in_given", icon="key", hue="blue", names=MEMBER,
         sentence=_lazy("%(who)s gave %(member)s sign-in data"))  # fmt: skip
register("member.sign_in_taken", icon="lock", hue="red", names=MEMBER,
         sentence=_lazy("%(who)s took the sign-in data of %(member)s away"))  # fmt: skip
register("member.password_reset", icon="password", hue="amber", names=MEMBER,
         sentence=_lazy("%(who)s gave %(member)s a temporary password"))  # fmt: skip
register("member.factor_taken", icon="shield-lock", hue="red", names=MEMBER,
         sentence=_lazy("%(who)s took the second factor of %(member)s away"))  # fmt: skip
register("invitation.resent", icon="mail-forward", hue="blue", names=MEMBER,
         sentence=_lazy("%(who)s sent the invitation of %(member)s once more"))  # fmt: skip
register("invitation.link_issued", icon="link", hue="blue", names=MEMBER,
         sentence=_lazy("%(who)s made an invitation link for %(member)s"))  # fmt: skip
register("invitation.withdrawn", icon="mail-off", hue="red", names=MEMBER,
         sentence=_lazy("%(who)s withdrew the invitation of %(member)s"))  # fmt: skip
register("profile.changed", icon="user-circle", sentence=_lazy("%(who)s changed their profile"))
register(
    "profile.away",
    icon="clock-pause",
    hue="amber",
    changes=_away_changes,
    sentence=_lazy("%(who)s set themselves away"),
)
register("profile.back", icon="user-check", hue="green", sentence=_lazy("%(who)s is back"))
register(
    "member.away",
    icon="clock-pause",
    hue="amber",
    names=MEMBER,
    changes=_away_changes,
    sentence=_lazy("%(who)s set %(member)s away"),
)
register(
    "member.back", icon="user-check", hue="green", names=MEMBER, sentence=_lazy("%(who)s said that %(member)s is back")
)
register("profile.email_changed", icon="at", hue="amber", sentence=_lazy("%(who)s changed their e-mail address"))
register("profile.email_asked", icon="at", sentence=_lazy("%(who)s asked to change their e-mail address"))
register("profile.email_kept", icon="at", sentence=_lazy("%(who)s kept their e-mail address after all"))
register("profile.password_changed", icon="password", hue="amber", sentence=_lazy("%(who)s changed their password"))
register("profile.factor_added", icon="shield-lock", hue="green", sentence=_lazy("%(who)s added a second factor"))
register("profile.factor_removed", icon="shield-lock", hue="amber", sentence=_lazy("%(who)s removed a second factor"))
register("profile.codes_renewed", icon="shield-lock", hue="amber", sentence=_lazy("%(who)s made new recovery codes"))
register("profile.session_ended", icon="devices", sentence=_lazy("%(who)s signed one of their devices out"))
register("profile.sessions_ended", icon="devices", sentence=_lazy("%(who)s signed all their other devices out"))
register("token.created", icon="key", hue="amber", sentence=_lazy("%(who)s made an API token"))
register("token.revoked", icon="key", hue="red", sentence=_lazy("%(who)s revoked an API token"))
register("member.seen_as", icon="eye", hue="amber", names=MEMBER,
         sentence=_lazy("%(who)s looked at the pages of %(member)s as they see them"))  # fmt: skip
register("account.team_options", icon="adjustments-horizontal", changes=option_changes(capabilities),
         sentence=_lazy("%(who)s changed what %(coworkers)s may do"))  # fmt: skip
register("member.options", icon="adjustments-horizontal", names=MEMBER, changes=option_changes(capabilities),
         sentence=_lazy("%(who)s changed what %(member)s may do"))  # fmt: skip
register(
    "member.forgotten", icon="user-off", hue="red", names={"member": "member"},
    sentence=_lazy("%(who)s erased the data of a person"),
)  # fmt: skip
