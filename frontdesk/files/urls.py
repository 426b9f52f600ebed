"""Addresses of files."""

from django.urls import path

from .views import content, limits, uploads

app_name = "files"
urlpatterns = [
    path("uploads/", uploads.create, name="uploads"),
    path("uploads/<uuid:upload_id>/", uploads.upload, name="upload"),
    path("zip/", content.archive, name="zip"),
    path("<uuid:file_id>/", content.download, name="download"),
    path("<uuid:file_id>/show/", content.show, name="show"),
    path("<uuid:file_id>/preview/<int:width>/", content.preview, name="preview"),
    path("<uuid:file_id>/remove/", content.remove, name="remove"),
    path("settings/", limits.edit, name="limits"),
]
