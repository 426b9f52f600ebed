"""Accounts (tenants), users, members, invitations and tokens."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from frontdesk.core import permissions
from frontdesk.core.ids import uuid7
from frontdesk.core.options import Option
from frontdesk.core.tenancy.models import TenantModel
from frontdesk.core.text import gettext_lazy as _lazy


class Account(models.Model):
    """A business that uses Frontdesk."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=12, default="en")
    time_zone = models.CharField(max_length=64, default="UTC")
    currency = models.CharField(max_length=3, default="EUR")
    country = models.CharField(max_length=2, blank=True, help_text="Where phone numbers without a prefix belong.")
    contact_email = models.EmailField(max_length=254, blank=True, help_text="How the portal reaches the office.")
    contact_phone = models.CharField(max_length=32, blank=True)
    words = models.JSONField(default=dict, blank=True, help_text="language -> term -> form -> the account's own word")
    require_second_factor = models.BooleanField(
        default=False, help_text="Whether the office must have a second factor."
    )
    team_options = models.JSONField(default=dict, blank=True, help_text="What co-workers may do: capability -> bool")
    portal_options = models.JSONField(default=dict, blank=True, help_text="What clients may do: option -> bool")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return self.name


class UserManager(BaseUserManager):
    """Finds and makes users; e-mail addresses and usernames are kept in lower case."""

    def create_user(self, *, email=None, username=None, password=None, name="", **fields):
        """A new user; without a password they cannot sign in until they set one."""
        user = self.model(email=clean_login(email), username=clean_login(username), name=name, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def by_email(self, email: str):
        """The user with that address, or None."""
        return self.filter(email=clean_login(email)).first() if clean_login(email) else None

    def get_by_natural_key(self, login):
        """The user who signs in with that e-mail address or username."""
        return self.get(models.Q(email=clean_login(login)) | models.Q(username=clean_login(login)))


def clean_login(text: str | None) -> str | None:
    """An e-mail address or username as it is stored: trimmed, lower case, None when empty."""
    return (text or "").strip().lower() or None


class Theme(models.TextChoices):
    """How a user wants pages to look."""

    AUTO = "auto", _lazy("As the device")
    LIGHT = "light", _lazy("Light")
    DARK = "dark", _lazy("Dark")


class User(AbstractBaseUser):
    """A person who can sign in; belongs to any number of accounts through Member."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(max_length=254, null=True, blank=True, unique=True)
    username = models.CharField(max_length=60, null=True, blank=True, unique=True)
    name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=12, blank=True)
    time_zone = models.CharField(max_length=64, blank=True)
    theme = models.CharField(max_length=5, choices=Theme, default=Theme.AUTO)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    password_expires_at = models.DateTimeField(null=True, blank=True)
    has_second_factor = models.BooleanField(default=False, help_text="Kept with the person, as every page asks.")
    created_at = models.DateTimeField(auto_now_add=True)
    last_login = None

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []
    objects = UserManager()

    def __str__(self):
        return self.name or self.email or self.username or ""

    @property
    def password_expired(self) -> bool:
        """Whether a temporary password is past its time."""
        return bool(self.password_expires_at and self.password_expires_at <= timezone.now())

    def other_members(self, actor):
        """The user's active memberships in other accounts, by the accounts' names."""
        if hasattr(self, "memberships"):
            others = [member for member in self.memberships if member.pk != actor.pk]
            return sorted(others, key=lambda member: (member.account.name, member.pk))
        others = self.members.filter(status=MemberStatus.ACTIVE).exclude(pk=actor.pk)
        return others.select_related("account").order_by("account__name", "id")


class Role(models.TextChoices):
    """What a member is in an account."""

    ADMIN = "admin", _lazy("Admin")
    STAFF = "staff", _lazy("Staff")
    COWORKER = "coworker", _lazy("%(Coworker)s")
    CLIENT = "client", _lazy("%(Client)s")
    GUEST = "guest", _lazy("Guest")


class MemberStatus(models.TextChoices):
    """Whether a member can sign in."""

    INVITED = "invited", _lazy("Invited")
    ACTIVE = "active", _lazy("Active")
    INACTIVE = "inactive", _lazy("Inactive")


class Actor:
    """What every action takes as its first argument; Member and System are actors."""

    id: UUID | None = None
    account_id: UUID | None = None
    role = ""
    scopes: frozenset[str] | None = None
    # Who looks through this actor's eyes; nothing may be done then.
    viewer: "Member | None" = None

    def may(self, name: str) -> bool:
        """Whether the actor holds a right; raises UnknownPermission for a name nobody defines."""
        return permissions.holds(self.role, self.scopes, name, self.allows)

    def allows(self, option: Option) -> bool:
        """Whether the actor was given a capability, should their role need it."""
        return option.default

    @property
    def is_admin(self) -> bool:
        """Sees and does everything."""
        return self.role == Role.ADMIN

    @property
    def is_office(self) -> bool:
        """Admin or staff: sees all clients."""
        return self.role in permissions.OFFICE

    @property
    def is_team(self) -> bool:
        """Admin, staff or co-worker."""
        return self.role in permissions.TEAM

    @property
    def is_portal(self) -> bool:
        """Client or guest: belongs in the portal."""
        return self.role in permissions.PORTAL


class System(Actor):
    """The account itself as the actor of background work; holds an admin's rights."""

    role = Role.ADMIN.value
    name = ""
    user = None

    def __init__(self, account: Account):
        self.account = account
        self.account_id = account.pk


class Member(Actor, models.Model):
    """A user in one account, with one role; the actor of everything they do there."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="members")
    user = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="members")
    role = models.CharField(max_length=10, choices=Role)
    status = models.CharField(max_length=10, choices=MemberStatus, default=MemberStatus.ACTIVE)
    name = models.CharField(max_length=120)
    sort_name = models.CharField(max_length=120)
    email = models.EmailField(max_length=254, blank=True)
    phone = models.CharField(max_length=32, blank=True)
    dismissed = models.JSONField(default=list, help_text="Keys of the hints that the member has put away.")
    options = models.JSONField(default=dict, blank=True, help_text="Own capabilities, before the account's.")
    # Away times are read with the member on every page, hence columns and not a table; the text of the last one stays.
    away_from = models.DateTimeField(null=True, blank=True)
    away_until = models.DateTimeField(null=True, blank=True)
    away_message = models.CharField(max_length=1000, blank=True)
    away_shown = models.BooleanField(default=False, help_text="Whether portal people are told.")
    deputy = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+", db_index=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "user"], name="member_once_per_account"),
        ]
        indexes = [
            models.Index(fields=["account", "sort_name", "id"], name="member_by_name"),
            models.Index(fields=["account", "role", "status", "sort_name", "id"], name="member_directory"),
            models.Index("account", Lower("email"), name="member_email"),
            models.Index(
                fields=["account", "away_from"], condition=models.Q(away_from__isnull=False), name="member_away"
            ),
        ]

    def __str__(self):
        return self.name

    def get_role_display(self) -> str:  # type: ignore[no-redef]
        """The role's name; Django's own way builds a table of all of them each time."""
        return str(Role(self.role).label)

    def is_away(self, at: datetime | None = None) -> bool:
        """Whether they are away at a moment, now when none is given."""
        at = at or timezone.now()
        return self.away_from is not None and self.away_from <= at and not self._back(at)

    def will_be_away(self, at: datetime | None = None) -> bool:
        """Whether an away time is still to come."""
        return self.away_from is not None and self.away_from > (at or timezone.now())

    def _back(self, at: datetime) -> bool:
        return self.away_until is not None and self.away_until <= at

    def allows(self, option: Option) -> bool:
        """Whether the member was given a capability: as was chosen for them, else as for all of the account."""
        return option.on(self.options, self.account.team_options)


class Invitation(TenantModel):
    """A link to register, sent to a member who has no user yet; only the token's hash is stored."""

    LIFETIME = timedelta(days=7)

    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    email = models.EmailField(max_length=254)
    token_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    invited_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "token_hash"], name="invitation_token")]
        indexes = [models.Index(fields=["account", "member", "-created_at"], name="invitation_of_member")]

    @property
    def status(self) -> str:
        """`registered`, `expired` (too old or withdrawn) or `pending`."""
        if self.accepted_at:
            return "registered"
        return "expired" if self.withdrawn_at or self.expires_at <= timezone.now() else "pending"


class ApiToken(TenantModel):
    """A bearer token that acts as its member with the rights of its scopes; only its hash is stored."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    prefix = models.CharField(max_length=16)
    token_hash = models.CharField(max_length=64)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "token_hash"], name="api_token_hash")]
        indexes = [models.Index(fields=["account", "member", "-created_at"], name="api_token_of_member")]


class PrivacyNotice(TenantModel):
    """What an account tells people about their data, in one language, instead of the text that Frontdesk proposes."""

    language = models.CharField(max_length=12)
    text = models.TextField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "language"], name="privacy_notice_of_language")]


def new_secret() -> str:
    """A random secret of 256 bits for links and tokens."""
    return secrets.token_urlsafe(32)
