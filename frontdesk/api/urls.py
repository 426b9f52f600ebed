"""Addresses under /api/v1/."""

from django.urls import path, re_path

from . import views
from .instance import api

urlpatterns = [
    path("openapi.json", views.description, name="api_description"),
    path("docs/", views.documentation, name="api_docs"),
    path("", api.urls),
    re_path("", views.unknown),
]
