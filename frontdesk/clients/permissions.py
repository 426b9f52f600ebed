"""Rights about clients."""

from frontdesk.core.permissions import ADMIN, CLIENT, OFFICE, PORTAL, TEAM, define
from frontdesk.core.text import gettext_lazy as _lazy

VIEW = define("clients.client:view", _lazy("See %(clients)s"), TEAM, writes=False).name
VIEW_ALL = define("clients.client:view_all", _lazy("See all %(clients)s"), OFFICE, writes=False).name
ADD = define("clients.client:add", _lazy("Add %(clients)s"), OFFICE).name
EDIT = define("clients.client:edit", _lazy("Edit %(clients)s"), OFFICE).name
DELETE = define("clients.client:delete", _lazy("Delete %(clients)s"), ADMIN).name
MERGE = define("clients.client:merge", _lazy("Merge %(clients)s"), OFFICE).name
ASSIGN = define("clients.client:assign", _lazy("Assign %(coworkers)s"), OFFICE).name
INVITE = define("clients.client:invite", _lazy("Give %(clients)s access to the portal"), OFFICE).name
GUESTS = define("clients.guest:manage", _lazy("Invite guests of %(clients)s"), TEAM).name
NOTE = define("clients.note:add", _lazy("Write notes about %(clients)s"), TEAM).name
FOLLOW = define("clients.client:follow", _lazy("Choose of whom one is told"), OFFICE).name
FILE_ADD = define("clients.file:add", _lazy("Add files of %(clients)s"), TEAM).name
FILE_REMOVE = define("clients.file:remove", _lazy("Delete files of %(clients)s"), OFFICE).name
COLOUR = define("clients.client:colour", _lazy("Choose colours for one's own calendar"), TEAM).name
FIELDS = define("clients.field:manage", _lazy("Choose the fields of %(clients)s"), ADMIN).name
SAVE_VIEWS = define("clients.view:save", _lazy("Save views of the list of %(clients)s"), TEAM).name
SHARE_VIEWS = define("clients.view:share", _lazy("Share views with the team"), OFFICE).name
SLA = define("clients.sla:manage", _lazy("Choose the response times"), ADMIN).name
PRIVATE_SEE = define("clients.private:view", _lazy("See private notes on people"), OFFICE, writes=False).name
PRIVATE_WRITE = define("clients.private:write", _lazy("Write private notes on people"), OFFICE).name
IMPORT = define("clients.import:run", _lazy("Import %(clients)s from files"), OFFICE).name
ERASE = define("clients.client:erase", _lazy("Erase the personal data of %(clients)s"), ADMIN).name
EXPORT = define("clients.client:export", _lazy("Export %(clients)s"), OFFICE, writes=False).name
PORTAL_VIEW = define("clients.own:view", _lazy("See one's own record"), PORTAL, writes=False).name
DETAILS = define("clients.own:details", _lazy("See one's own contacts"), CLIENT, writes=False).name
PORTAL_EDIT = define("clients.own:edit", _lazy("Change one's own contacts"), CLIENT).name
PORTAL_AVAILABILITY = define(
    "clients.availability:view", _lazy("See one's own availability"), CLIENT, writes=False
).name
PORTAL_SET_AVAILABILITY = define("clients.availability:edit", _lazy("Change one's own availability"), CLIENT).name
PORTAL_FILES = define("clients.own:files", _lazy("See one's own files"), CLIENT, writes=False).name
PORTAL_SUBSCRIPTIONS = define("clients.own:subscriptions", _lazy("Choose which messages one gets"), CLIENT).name
PORTAL_GUESTS = define("clients.own:guests", _lazy("Invite one's own guests"), CLIENT).name
