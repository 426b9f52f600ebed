"""All addresses."""

from django.urls import include, path

from frontdesk.core.http import errors

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error

# The most used come first, since addresses are tried in order.
urlpatterns = [
    path("clients/", include("frontdesk.clients.urls")),
    path("messages/", include("frontdesk.messaging.urls")),
    path("inbox/", include("frontdesk.conversations.urls")),
    path("files/", include("frontdesk.files.urls")),
    path("api/v1/", include("frontdesk.api.urls")),
    path("search/", include("frontdesk.search.urls")),
    path("portal/", include("frontdesk.portal.urls")),
    path("settings/", include("frontdesk.clients.settings_urls")),
    path("", include("frontdesk.clients.subscriptions.urls")),
    path("", include("frontdesk.inquiries.urls")),
    path("", include("frontdesk.notify.urls")),
    path("live/", include("frontdesk.live.urls")),
    path("", include("frontdesk.accounts.urls")),
    path("", include("frontdesk.activity.urls")),
    path("", include("frontdesk.undo.urls")),
    path("", include("frontdesk.teams.urls")),
    path("", include("frontdesk.help.urls")),
    path("", include("frontdesk.webhooks.urls")),
    path("", include("frontdesk.channels.urls")),
    path("", include("frontdesk.core.observability.urls")),
]
