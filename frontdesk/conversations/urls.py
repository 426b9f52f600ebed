"""Addresses of conversations, under /inbox/."""

from django.urls import path

from . import views
from .saved import views as saved

app_name = "conversations"
one = "<uuid:conversation_id>/"
reply = "saved/<uuid:saved_reply_id>/"

urlpatterns = [
    path("", views.inbox, name="list"),
    path("settings/", views.rule, name="rule"),
    path("waiting/", views.waiting_count, name="waiting_count"),
    path("meanwhile/", views.covered, name="covered"),
    path("client/<uuid:client_id>/", views.with_client, name="with"),
    path("thread/<uuid:thread_id>/", views.of_thread, name="of_thread"),
    path("saved/", saved.saved, name="saved"),
    path("saved/new/", saved.saved_new, name="saved_new"),
    path(reply, saved.saved_edit, name="saved_edit"),
    path(reply + "delete/", saved.saved_delete, name="saved_delete"),
    path(reply + "restore/", saved.saved_restore, name="saved_restore"),
    path(one, views.show, name="show"),
    path(one + "saved/", saved.saved_choose, name="saved_choose"),
    path(one + "saved/keep/", saved.saved_keep, name="saved_keep"),
    path(one + reply + "use/", saved.saved_use, name="saved_use"),
    path(one + "lines/", views.lines, name="lines"),
    path(one + "row/", views.row, name="row"),
    path(one + "state/", views.state, name="state"),
    path(one + "read/", views.read, name="read"),
    path(one + "reply/", views.reply, name="reply"),
    path(one + "note/", views.note, name="note"),
    path(one + "draft/", views.draft, name="draft"),
    path(one + "preview/", views.preview, name="preview"),
    path(one + "measure/", views.measure, name="measure"),
    path(one + "assign/", views.assign, name="assign"),
    path(one + "close/", views.close, name="close"),
    path(one + "reopen/", views.reopen, name="reopen"),
    path(one + "snooze/", views.snooze, name="snooze"),
    path("message/<uuid:message_id>/again/", views.again, name="again"),
    path(one + "call/", views.call, name="call"),
    path(one + "confirm/", views.confirm, name="confirm"),
]
