"""Addresses of the log and of background jobs."""

from django.urls import path

from . import views

app_name = "activity"
urlpatterns = [
    path("settings/audit/", views.audit, name="audit"),
    path("settings/audit/export.<slug:format>", views.audit_export, name="audit_export"),
    path("settings/audit/progress/", views.audit_progress, name="audit_progress"),
    path("settings/audit/verify/", views.audit_verify, name="audit_verify"),
    path("settings/jobs/", views.jobs, name="jobs"),
    path("settings/jobs/<uuid:job_id>/retry/", views.job_retry, name="job_retry"),
    path("settings/jobs/<uuid:job_id>/discard/", views.job_discard, name="job_discard"),
]
