"""Addresses under /portal/."""

from django.urls import path

from . import views

app_name = "portal"
client = "clients/<uuid:client_id>/"

urlpatterns = [
    path("", views.enter, {"section": "portal-home"}, name="home"),
    path("details/", views.enter, {"section": "portal-details"}, name="details"),
    path("availability/", views.enter, {"section": "portal-availability"}, name="availability"),
    path("files/", views.enter, {"section": "portal-files"}, name="files"),
    path("team/", views.enter, {"section": "portal-team"}, name="team"),
    path("subscriptions/", views.enter, {"section": "portal-subscriptions"}, name="subscriptions"),
    path("guests/", views.enter, {"section": "portal-guests"}, name="guests"),
    path(client, views.home, name="client"),
    path(client + "details/", views.details, name="client_details"),
    path(client + "details/contacts/new/", views.contact_new, name="contact_new"),
    path(client + "details/contacts/<uuid:contact_id>/", views.contact_edit, name="contact_edit"),
    path(client + "details/contacts/<uuid:contact_id>/remove/", views.contact_remove, name="contact_remove"),
    path(client + "availability/", views.availability, name="client_availability"),
    path(client + "files/", views.files, name="client_files"),
    path(client + "subscriptions/", views.subscriptions, name="client_subscriptions"),
    path(client + "guests/", views.guests, name="client_guests"),
    path(client + "guests/add/", views.guest_add, name="guest_add"),
    path(client + "guests/<uuid:member_id>/", views.guest, name="guest"),
    path(client + "team/", views.team, name="client_team"),
]
