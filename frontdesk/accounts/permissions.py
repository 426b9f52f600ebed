"""Rights about people, tokens and the account itself."""

from frontdesk.core.permissions import ADMIN, EVERYONE, OFFICE, TEAM, define
from frontdesk.core.text import gettext_lazy as _lazy

VIEW = define("accounts.member:view", _lazy("See people"), OFFICE, writes=False).name
MANAGE = define("accounts.member:manage", _lazy("Manage the team"), ADMIN).name
PORTAL_MANAGE = define("accounts.portal:manage", _lazy("Manage who signs in to the portal"), OFFICE).name
SEE_AS = define("accounts.member:see_as", _lazy("See the pages of %(coworkers)s, %(clients)s and guests"), OFFICE).name
PROFILE_VIEW = define("accounts.profile:view", _lazy("See one's own profile"), EVERYONE, writes=False).name
PROFILE_EDIT = define("accounts.profile:edit", _lazy("Change one's own profile"), EVERYONE).name
AWAY = define("accounts.profile:away", _lazy("Set oneself away"), TEAM).name
TOKENS_VIEW = define("accounts.token:view", _lazy("See one's own API tokens"), EVERYONE, writes=False).name
TOKENS = define("accounts.token:manage", _lazy("Make and revoke one's own API tokens"), EVERYONE).name
ACCOUNT_VIEW = define("accounts.account:view", _lazy("See the account's name and region"), EVERYONE, writes=False).name
ACCOUNT_EDIT = define("accounts.account:edit", _lazy("Change the account's settings"), ADMIN).name
