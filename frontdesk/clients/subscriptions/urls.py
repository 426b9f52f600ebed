"""The address in e-mails."""

from django.urls import path

from . import public

app_name = "subscriptions"

urlpatterns = [path("unsubscribe/<str:token>/", public.link, name="link")]
