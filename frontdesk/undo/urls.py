"""Addresses of recent changes."""

from django.urls import path

from . import views

app_name = "undo"

urlpatterns = [
    path("settings/changes/", views.changes, name="changes"),
    path("settings/changes/<uuid:change_id>/", views.show, name="show"),
    path("settings/changes/<uuid:change_id>/progress/", views.progress, name="progress"),
    path("settings/changes/<uuid:change_id>/undo/", views.undo, name="undo"),
]
