"""Where this domain plugs into lower ones, and its own first step."""

from frontdesk.core.registry import (
    HomeSection,
    NavItem,
    QuickAction,
    SettingsPage,
    home_sections,
    navigation,
    quick_actions,
    settings_pages,
)
from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.ui.jinja import url_if

from . import permissions, queries
from .mail_kinds import INVITATION, WELCOME
from .registry import FirstStep, first_steps, mail_kinds

FIRST_STEPS = "first-steps"


def _steps(actor) -> list[dict]:
    mine = [step for step in first_steps if step.permission is None or actor.may(step.permission)]
    shown = [(step, url_if(step.url_name)) for step in mine]
    return [{"step": step, "href": href, "done": step.done(actor)} for step, href in shown if href]


def load_first_steps(actor) -> dict | None:
    """The checklist of a fresh account, for its admins, until all is done or they put it away."""
    if not actor.is_admin or FIRST_STEPS in actor.dismissed:
        return None
    steps = _steps(actor)
    done = sum(step["done"] for step in steps)
    return {"steps": steps, "done": done, "key": FIRST_STEPS} if done < len(steps) else None


HOME = NavItem("home", _lazy("Home"), "accounts:home", "home", order=0)
PEOPLE = NavItem("people", _lazy("People"), "accounts:people", "users-group", permission=permissions.VIEW, order=70)
SETTINGS = NavItem(
    "settings", _lazy("Settings"), "accounts:settings", "settings", permission=permissions.ACCOUNT_EDIT, order=90
)
GENERAL = SettingsPage(
    "general", _lazy("General"), "accounts:general", "building-store", permissions.ACCOUNT_EDIT, order=0,
    text=_lazy("Name, language, time zone, currency, country, and how people reach the office"),
)  # fmt: skip
WORDS = SettingsPage(
    "words", _lazy("Words"), "accounts:words", "language", permissions.ACCOUNT_EDIT, order=10,
    text=_lazy("What you call %(clients)s, %(coworkers)s, %(jobs)s and %(sessions)s"),
)  # fmt: skip
PRIVACY = SettingsPage(
    "privacy", _lazy("Privacy notice"), "accounts:privacy_edit", "shield-lock", permissions.ACCOUNT_EDIT, order=20,
    text=_lazy("What you tell people about their data"),
)  # fmt: skip
MEMBERS = SettingsPage(
    "people", _lazy("People"), "accounts:people", "users-group", permissions.VIEW, order=100, group="people",
    text=_lazy("Who works here and who signs in, roles and invitations"), elsewhere=True,
)  # fmt: skip
TOKENS = SettingsPage(
    "tokens", _lazy("API tokens"), "accounts:tokens", "key", permissions.TOKENS, order=700, group="data",
    text=_lazy("Keys for other programs that act for you"), elsewhere=True,
)  # fmt: skip
SIGN_IN = SettingsPage(
    "sign-in", _lazy("Sign-in"), "accounts:sign_in_settings", "shield-lock", permissions.ACCOUNT_EDIT, order=110,
    group="people", text=_lazy("Whether admins and staff must have a second factor"),
)  # fmt: skip
TEAM_OPTIONS = SettingsPage(
    "team", _lazy("What %(coworkers)s may do"), "accounts:team_options", "adjustments-horizontal",
    permissions.ACCOUNT_EDIT, order=105, group="people", text=_lazy("See all %(clients)s, change, add and export them"),
)  # fmt: skip
MAILS = SettingsPage(
    "mails", _lazy("Mails"), "accounts:mail_texts", "mail-opened", permissions.ACCOUNT_EDIT, order=20,
    text=_lazy("What the welcome and the invitation say, in each language"),
)  # fmt: skip
INVITE = QuickAction(
    "invite", _lazy("Invite a colleague"), "accounts:person_new", "mail-forward", permissions.MANAGE, order=80
)
FIRST_INVITATION = FirstStep(
    key="invite",
    label=_lazy("Invite a colleague"),
    text=_lazy("Office staff, or %(coworkers)s who see only whom they serve."),
    url_name="accounts:person_new",
    action=_lazy("Invite"),
    done=queries.has_colleagues,
    permission=permissions.MANAGE,
    order=30,
)


def register() -> None:
    """Called once at start-up."""
    for item in (HOME, PEOPLE, SETTINGS):
        navigation.register(item.key, item)
    quick_actions.register(INVITE.key, INVITE)
    for settings_page in (GENERAL, WORDS, MAILS, PRIVACY, MEMBERS, TEAM_OPTIONS, SIGN_IN, TOKENS):
        settings_pages.register(settings_page.key, settings_page)
    for kind in (WELCOME, INVITATION):
        mail_kinds.register(kind.key, kind)
    first_steps.register(FIRST_INVITATION.key, FIRST_INVITATION)
    section = HomeSection(FIRST_STEPS, "accounts/parts/first_steps.html", load_first_steps, order=0)
    home_sections.register(section.key, section)
