"""The mails of this part whose text an account may write itself."""

from django.conf import settings

from frontdesk.core.text import gettext as _
from frontdesk.core.text import gettext_lazy as _lazy

from .models import Role
from .registry import MailKind

SIGN_IN = "/sign-in/"
LINK = "…/password/…"
NAME, USERNAME = _lazy("Name of the person"), _lazy("What they sign in with: username or e-mail")
BUSINESS, ADDRESS = _lazy("Name of your business"), _lazy("Address of the sign-in page")


def sign_in_address() -> str:
    """Where people sign in."""
    return settings.PUBLIC_URL + SIGN_IN


def way_in(*, password: str = "", link: str = "") -> str:
    """How somebody comes in for the first time, as a sentence."""
    if password:
        return _("Your temporary password is: %(password)s", password=password)
    return _("Choose your password here: %(link)s", link=link)


def invited_as(role: str, who: str, account: str) -> str:
    """Who invites to what, as a sentence."""
    if role in (Role.CLIENT, Role.GUEST):
        return _(
            "%(who)s invites you to the portal of %(account)s, where you find what concerns you.",
            who=who,
            account=account,
        )
    role_name = Role(role).label
    return _(
        "%(who)s invites you to work with %(account)s in Frontdesk as: %(role)s.",
        who=who,
        account=account,
        role=role_name,
    )


def welcome_values(member, way: str) -> dict[str, str]:
    """What the placeholders of the welcome stand for."""
    user = member.user
    return {
        "name": member.name, "username": (user.username or user.email or "") if user else "", "access": way,
        "address": sign_in_address(), "business": member.account.name,
    }  # fmt: skip


def _welcome_sample(actor) -> dict[str, str]:
    return welcome_values(actor, way_in(password="banu-kite-4827-soma-reda"))  # noqa: S106 an example


def _invitation_sample(actor) -> dict[str, str]:
    account = actor.account.name
    return {
        "name": actor.name, "who": actor.name, "business": account,
        "invited_as": invited_as(Role.STAFF.value, actor.name, account),
    }  # fmt: skip


WELCOME_BODY = _lazy("""Hello {name},

you can sign in to {business} as {username}.

{access}

The sign-in page: {address}""")
WELCOME = MailKind(
    key="welcome", label=_lazy("Welcome"), text=_lazy("Greets somebody who can sign in now"),
    placeholders={"name": NAME, "username": USERNAME, "access": _lazy("Temporary password, or link to choose one"),
                  "address": ADDRESS, "business": BUSINESS},
    subject=_lazy("Welcome to {business}"),
    body=WELCOME_BODY,
    action=_lazy("Sign in"), sample=_welcome_sample, required=frozenset({"access"}), secret="access", order=10,  # noqa: S106 the name of a placeholder
)  # fmt: skip
INVITATION = MailKind(
    key="invitation", label=_lazy("Invitation"), text=_lazy("Brings somebody the link to register"),
    placeholders={"name": NAME, "who": _lazy("Who invites"), "business": BUSINESS,
                  "invited_as": _lazy("A sentence that says to what they are invited")},
    subject=_lazy("Your invitation to {business}"),
    body=_lazy("{invited_as}\n\nThe link works once and for seven days."),
    action=_lazy("Accept the invitation"), sample=_invitation_sample, order=20,
)  # fmt: skip
