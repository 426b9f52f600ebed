"""Addresses of messages, under /messages/."""

from django.urls import path

from . import views

app_name = "messaging"
thread, message, scheduled = "<uuid:thread_id>/", "m/<uuid:message_id>/", "scheduled/<uuid:draft_id>/"

urlpatterns = [
    path("", views.inbox, name="list"),
    path(thread, views.thread, name="thread"),
    path(thread + "post/", views.post, name="post"),
    path(thread + "lines/", views.lines, name="lines"),
    path(thread + "read/", views.read, name="read"),
    path(thread + "draft/", views.draft, name="draft"),
    path(thread + "names/", views.names, name="names"),
    path(thread + "readers/", views.readers, name="readers"),
    path(thread + "row/", views.row, name="row"),
    path(thread + "about/", views.about, name="about"),
    path(thread + "rename/", views.rename, name="rename"),
    path(thread + "people/", views.add, name="add"),
    path(thread + "people/<uuid:member_id>/remove/", views.remove, name="remove"),
    path(thread + "archive/", views.archive, name="archive"),
    path(thread + "reopen/", views.reopen, name="reopen"),
    path(thread + "leave/", views.leave, name="leave"),
    path("unread/", views.unread_count, name="unread_count"),
    path("new/", views.begin, name="begin"),
    path("to/<uuid:member_id>/", views.direct, name="direct"),
    path("client/<uuid:client_id>/", views.client_room, name="client_room"),
    path("search/", views.search, name="search"),
    path("scheduled/", views.waiting, name="waiting"),
    path(scheduled, views.change, name="change"),
    path(scheduled + "cancel/", views.cancel, name="cancel"),
    path(scheduled + "now/", views.now, name="now"),
    path(message, views.message, name="message"),
    path(message + "go/", views.go, name="go"),
    path(message + "edit/", views.edit, name="edit"),
    path(message + "delete/", views.delete, name="delete"),
    path(message + "restore/", views.restore, name="restore"),
    path(message + "react/", views.react, name="react"),
    path(message + "turn/<slug:into>/", views.turn, name="turn"),
    path(message + "unread/", views.unread, name="unread"),
]
