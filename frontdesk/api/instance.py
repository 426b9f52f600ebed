"""The REST API, version 1, with every domain's operations."""

from ninja import NinjaAPI

from frontdesk.accounts.api import router as accounts
from frontdesk.activity.api import router as activity
from frontdesk.channels.api import router as channels
from frontdesk.clients.api import router as clients
from frontdesk.conversations.api import router as conversations
from frontdesk.core.rest import problems
from frontdesk.files.api import router as files
from frontdesk.help.api import router as help_topics
from frontdesk.inquiries.api import router as inquiries
from frontdesk.live.api import router as live
from frontdesk.messaging.api import router as messages
from frontdesk.notify.api import router as notifications
from frontdesk.portal.api import router as portal
from frontdesk.search.api import router as search
from frontdesk.teams.api import router as teams
from frontdesk.undo.api import router as undo
from frontdesk.webhooks.api import router as webhooks

api = NinjaAPI(title="Frontdesk API", version="1", urls_namespace="api", docs_url=None, openapi_url=None)
problems.install(api)
# The most used come first, since addresses are tried in order.
ROUTERS = (
    search, clients, messages, conversations, files, notifications, accounts, activity, webhooks, undo, teams, portal,
    help_topics, live, channels, inquiries,
)  # fmt: skip
for router in ROUTERS:
    api.add_router("", router)
