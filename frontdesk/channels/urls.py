"""Addresses of channels and of the outbox."""

from django.urls import path

from . import hooks, views
from .email import views as mail_views
from .sms import pictures

app_name = "channels"
one = "settings/channels/<slug:channel>/"
message = "outbox/<uuid:dispatch_id>/"
arrived = "outbox/arrivals/<uuid:arrival_id>/"

urlpatterns = [
    path("outbox/", views.outbox, name="outbox"),
    path("outbox/again/", views.all_again, name="all_again"),
    path("outbox/arrivals/", views.arrivals, name="arrivals"),
    path(arrived, views.arrival, name="arrival"),
    path(arrived + "again/", views.read_again, name="read_again"),
    path(message, views.dispatch, name="dispatch"),
    path(message + "html/", views.html, name="html"),
    path(message + "again/", views.again, name="again"),
    path(message + "cancel/", views.cancel, name="cancel"),
    path("settings/channels/", views.listed, name="list"),
    path(one, views.channel, name="channel"),
    path(one + "save/", views.save, name="save"),
    path(one + "switch/", views.switch, name="switch"),
    path(one + "test/", views.test, name="test"),
    path(one + "address/", views.address, name="address"),
    path("channels/mails/<uuid:arrival_id>/", mail_views.document, name="mail_document"),
    path("channels/mailbox/look/", mail_views.look, name="mail_look"),
    path("channels/pictures/<str:token>/", pictures.picture, name="picture"),
    path("hooks/<slug:channel>/<str:token>/<slug:name>/", hooks.hook, name="hook"),
]
