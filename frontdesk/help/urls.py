"""Addresses of the help."""

from django.urls import path

from . import views

app_name = "help"
urlpatterns = [
    path("help/", views.index, name="index"),
    path("help/page/<str:route>/", views.page_topic, name="page"),
    path("help/topic/<slug:topic>/", views.topic, name="topic"),
    path("help/topic/<slug:topic>/answer/", views.answer, name="answer"),
    path("settings/help/", views.answers, name="answers"),
]
