"""Addresses of live updates; `/rt/stream` is served by the event loop."""

from django.urls import path

from . import views

app_name = "live"
urlpatterns = [path("typing/", views.typing, name="typing")]
