"""Accounts (tenants), users, members, invitations, and how people sign in."""

from .mail import MailText
from .people import (
    Account,
    Actor,
    ApiToken,
    Invitation,
    Member,
    MemberStatus,
    PrivacyNotice,
    Role,
    System,
    Theme,
    User,
    UserManager,
    clean_login,
    new_secret,
)
from .signin import EmailChange, Session

__all__ = [
    "Account",
    "Actor",
    "ApiToken",
    "EmailChange",
    "Invitation",
    "MailText",
    "Member",
    "MemberStatus",
    "PrivacyNotice",
    "Role",
    "Session",
    "System",
    "Theme",
    "User",
    "UserManager",
    "clean_login",
    "new_secret",
]
