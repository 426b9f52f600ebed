"""Rights about forms for inquiries, and what came by them."""

from frontdesk.core.permissions import ADMIN, OFFICE, define
from frontdesk.core.text import gettext_lazy as _lazy

VIEW = define("inquiries.form:view", _lazy("See inquiry forms and inquiries"), OFFICE, writes=False).name
MANAGE = define("inquiries.form:manage", _lazy("Set up inquiry forms"), ADMIN).name
