"""Addresses of webhooks, in the settings."""

from django.urls import path

from . import views

app_name = "webhooks"
one = "settings/webhooks/<uuid:endpoint_id>/"
urlpatterns = [
    path("settings/webhooks/", views.listed, name="list"),
    path("settings/webhooks/new/", views.new, name="new"),
    path(one, views.show, name="show"),
    path(one + "edit/", views.edit, name="edit"),
    path(one + "switch/", views.switch, name="switch"),
    path(one + "rotate/", views.rotate, name="rotate"),
    path(one + "test/", views.test, name="test"),
    path(one + "remove/", views.remove, name="remove"),
    path(one + "deliveries/<uuid:delivery_id>/retry/", views.retry, name="retry"),
]
