"""Addresses under /clients/fields/."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.fields, name="fields"),
    path("new/", views.field_new, name="field_new"),
    path("<uuid:field_id>/", views.field_edit, name="field_edit"),
    path("<uuid:field_id>/move/", views.field_move, name="field_move"),
    path("<uuid:field_id>/archive/", views.field_archive, name="field_archive"),
]
