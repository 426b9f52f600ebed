"""Addresses of notifications."""

from django.urls import path

from .views import choosing, devices, installed, reading, stopping

app_name = "notify"
urlpatterns = [
    path("notifications/", reading.listed, name="list"),
    path("notifications/panel/", reading.panel, name="panel"),
    path("notifications/read/", reading.read_all, name="read_all"),
    path("notifications/<uuid:notice_id>/", reading.show, name="show"),
    path("notifications/<uuid:notice_id>/read/", reading.read, name="read"),
    path("notifications/stop/<str:token>/", stopping.stop, name="stop"),
    path("profile/notifications/", choosing.own, name="preferences"),
    path("profile/notifications/devices/", devices.add, name="device_add"),
    path("profile/notifications/devices/forget/", devices.forget, name="device_forget"),
    path("profile/notifications/devices/<uuid:device_id>/remove/", devices.remove, name="device_remove"),
    path("people/<uuid:member_id>/notifications/", choosing.of_member, name="member"),
    path("people/<uuid:member_id>/notifications/panel/", choosing.panel, name="member_panel"),
    path("settings/notifications/", choosing.defaults, name="defaults"),
    path("manifest.webmanifest", installed.manifest, name="manifest"),
    path("sw.js", installed.worker, name="worker"),
    path("offline/", installed.offline, name="offline"),
]
