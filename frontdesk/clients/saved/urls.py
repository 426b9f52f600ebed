"""Addresses under /clients/views/."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.views, name="views"),
    path("save/", views.save, name="view_save"),
    path("<uuid:view_id>/", views.edit, name="view_edit"),
    path("<uuid:view_id>/update/", views.update, name="view_update"),
    path("<uuid:view_id>/move/", views.move, name="view_move"),
    path("<uuid:view_id>/delete/", views.delete, name="view_delete"),
]
