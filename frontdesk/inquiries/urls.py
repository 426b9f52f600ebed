"""Addresses of forms: the public ones, and those of the settings."""

from django.urls import path

from . import views

app_name = "inquiries"
one = "settings/inquiries/<uuid:form_id>/"

urlpatterns = [
    path("ask/<str:token>/", views.ask, name="ask"),
    path("ask/<str:token>/thanks/", views.thanks, name="thanks"),
    path("ask/<str:token>/embed.js", views.embed, name="embed"),
    path("settings/inquiries/", views.forms, name="forms"),
    path("settings/inquiries/new/", views.new, name="new"),
    path(one, views.form, name="form"),
    path(one + "edit/", views.edit, name="edit"),
    path(one + "switch/", views.switch, name="switch"),
    path(one + "delete/", views.delete, name="delete"),
]
