"""Addresses of this domain's pages under /settings/."""

from django.urls import path

from .views import options

app_name = "client_settings"

urlpatterns = [path("portal/", options.portal_settings, name="portal")]
