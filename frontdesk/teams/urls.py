"""Addresses of teams."""

from django.urls import path

from . import views

app_name = "teams"
urlpatterns = [
    path("settings/teams/", views.teams, name="teams"),
    path("settings/teams/new/", views.new, name="new"),
    path("teams/<uuid:team_id>/", views.team, name="team"),
    path("teams/<uuid:team_id>/edit/", views.edit, name="edit"),
    path("teams/<uuid:team_id>/delete/", views.delete, name="delete"),
    path("people/<uuid:member_id>/teams/", views.panel, name="panel"),
    path("people/<uuid:member_id>/teams/choose/", views.choose, name="choose"),
]
