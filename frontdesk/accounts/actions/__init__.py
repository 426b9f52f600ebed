"""Everything that can be done with people, sign-in and the account; each verb checks, writes once, records once."""

from .away import end_away, set_away
from .email import cancel_email, change_email, confirm_email
from .exports import export_people
from .factors import add_app, add_passkey, needs_factor, new_codes, remove_factor, require_second_factor, take_factors
from .forgetting import forget
from .invitations import (
    accept_as,
    accept_new,
    invite_member,
    issue_link,
    reinvite,
    resend,
    send_invitation,
    withdraw,
)
from .letters import change_letter, reset_letter, send_welcome, try_letter, why_no_welcome
from .members import activate, change_member, change_role, create_member, deactivate, leave, portal_member
from .options import set_account_options, set_member_options, set_team_options
from .preview import see_as
from .privacy import change_privacy
from .profile import change_own_password, change_profile, dismiss, set_language, set_theme
from .sessions import end_other_sessions, end_session
from .settings import change_account
from .setup import create_account, is_fresh, set_up
from .signin import give_sign_in, reset_password, take_sign_in
from .tokens import create_token, revoke_token
from .words import change_words, use_ready_words

__all__ = [
    "accept_as",
    "accept_new",
    "activate",
    "add_app",
    "add_passkey",
    "cancel_email",
    "change_account",
    "change_email",
    "change_letter",
    "change_member",
    "change_own_password",
    "change_privacy",
    "change_profile",
    "change_role",
    "change_words",
    "confirm_email",
    "create_account",
    "create_member",
    "create_token",
    "deactivate",
    "dismiss",
    "end_away",
    "end_other_sessions",
    "end_session",
    "export_people",
    "forget",
    "give_sign_in",
    "invite_member",
    "is_fresh",
    "issue_link",
    "leave",
    "needs_factor",
    "new_codes",
    "portal_member",
    "reinvite",
    "remove_factor",
    "require_second_factor",
    "resend",
    "reset_letter",
    "reset_password",
    "revoke_token",
    "see_as",
    "send_invitation",
    "send_welcome",
    "set_account_options",
    "set_away",
    "set_language",
    "set_member_options",
    "set_team_options",
    "set_theme",
    "set_up",
    "take_factors",
    "take_sign_in",
    "try_letter",
    "use_ready_words",
    "why_no_welcome",
    "withdraw",
]
