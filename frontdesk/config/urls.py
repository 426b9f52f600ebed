"""All addresses."""

from django.urls import include, path

from frontdesk.core.http import errors

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error

urlpatterns = []
