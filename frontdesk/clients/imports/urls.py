"""Addresses under /clients/import/, in the namespace of clients."""

from django.urls import path

from . import views

source = "<uuid:import_id>/"

urlpatterns = [
    path("", views.upload, name="import"),
    path("template.xlsx", views.template, name="import_template"),
    path(source, views.show, name="import_show"),
    path(source + "columns/", views.columns, name="import_columns"),
    path(source + "sheet/", views.sheet, name="import_sheet"),
    path(source + "progress/", views.progress, name="import_progress"),
    path(source + "start/", views.start, name="import_start"),
    path(source + "cancel/", views.cancel, name="import_cancel"),
    path(source + "rejected.<slug:format>", views.rejected, name="import_rejected"),
    path(source + "clients/", views.imported, name="import_clients"),
]
