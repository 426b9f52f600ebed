"""Addresses under /clients/."""

from django.urls import include, path

from .bulk import views as bulk
from .colours import views as colours
from .distinct import views as distinct
from .files import views as files
from .following import views as following
from .merging import views as merging
from .personal import views as personal
from .private import views as private
from .sla import views as sla
from .subscriptions import views as subscriptions
from .views import contacts, guests, lists, notes, options, pages, portal, seen

app_name = "clients"
client = "<uuid:client_id>/"

urlpatterns = [
    path("", lists.client_list, name="list"),
    path("new/", lists.client_new, name="new"),
    path("served-by/<uuid:member_id>/", lists.served, name="served"),
    path("served-by/<uuid:member_id>/hand-over/", bulk.hand_over, name="hand_over"),
    path("served-by/<uuid:member_id>/assign/", bulk.give, name="give"),
    path("bulk/", bulk.bulk, name="bulk"),
    path("seen-by/<uuid:member_id>/", seen.member_sees, name="member_sees"),
    path("duplicates/", lists.duplicates, name="duplicates"),
    path("likely-duplicates/", distinct.likely, name="likely"),
    path("likely-duplicates/not/", distinct.tell_apart, name="tell_apart"),
    path("export.<slug:format>", lists.client_export, name="export"),
    path("fields/", include("frontdesk.clients.custom.urls")),
    path("sla/", sla.account_times, name="sla"),
    path("private-notes/<uuid:private_note_id>/", private.edit, name="private_edit"),
    path("private-notes/<uuid:private_note_id>/delete/", private.delete, name="private_delete"),
    path("people/<uuid:member_id>/private-notes/", private.of_member, name="private_member"),
    path("people/<uuid:member_id>/private-notes/add/", private.add_to_member, name="private_member_add"),
    path("people/<uuid:member_id>/private-notes/panel/", private.panel, name="private_panel"),
    path("views/", include("frontdesk.clients.saved.urls")),
    path("import/", include("frontdesk.clients.imports.urls")),
    path(client, pages.show, name="show"),
    path(client + "edit/", pages.edit, name="edit"),
    path(client + "status/", pages.status, name="status"),
    path(client + "tags/", pages.tags, name="tags"),
    path(client + "team/", pages.team, name="team"),
    path("followed/", following.followed, name="followed"),
    path(client + "follow/", following.follow, name="follow"),
    path(client + "colour/", colours.colour, name="colour"),
    path(client + "merge/", merging.merge, name="merge"),
    path(client + "personal-data/", personal.personal, name="personal"),
    path(client + "personal-data/<uuid:bundle_id>/", personal.download, name="personal_download"),
    path(client + "erase/", personal.erase, name="erase"),
    path(client + "delete/", pages.delete, name="delete"),
    path(client + "notes/", notes.add, name="note_add"),
    path(client + "notes/<uuid:note_id>/", notes.edit, name="note_edit"),
    path(client + "notes/<uuid:note_id>/delete/", notes.delete, name="note_delete"),
    path(client + "contacts/", contacts.contacts, name="contacts"),
    path(client + "contacts/new/", contacts.contact_new, name="contact_new"),
    path(client + "contacts/<uuid:contact_id>/", contacts.contact_edit, name="contact_edit"),
    path(client + "contacts/<uuid:contact_id>/primary/", contacts.contact_primary, name="contact_primary"),
    path(client + "contacts/<uuid:contact_id>/remove/", contacts.contact_remove, name="contact_remove"),
    path(client + "addresses/new/", contacts.address_new, name="address_new"),
    path(client + "addresses/<uuid:address_id>/", contacts.address_edit, name="address_edit"),
    path(client + "addresses/<uuid:address_id>/remove/", contacts.address_remove, name="address_remove"),
    path(client + "private-notes/", private.of_client, name="private"),
    path(client + "private-notes/add/", private.add_to_client, name="private_add"),
    path(client + "files/", files.files, name="files"),
    path(client + "files/remove/", files.remove, name="files_remove"),
    path(client + "sla/", sla.client_times, name="client_sla"),
    path(client + "sla/save/", sla.client_times_save, name="client_sla_save"),
    path(client + "subscriptions/", subscriptions.subscriptions, name="subscriptions"),
    path(client + "subscriptions/change/", subscriptions.change, name="subscriptions_change"),
    path(client + "availability/", portal.availability, name="availability"),
    path(client + "availability/edit/", portal.availability_edit, name="availability_edit"),
    path(client + "portal/", portal.portal, name="portal"),
    path(client + "seen/", seen.client_seen, name="seen"),
    path(client + "guests/", guests.guests, name="guests"),
    path(client + "guests/add/", guests.guest_add, name="guest_add"),
    path(client + "guests/<uuid:member_id>/", guests.guest, name="guest"),
    path(client + "portal/share/", portal.share, name="share"),
    path(client + "portal/options/", options.client_options, name="client_options"),
    path(client + "portal/invite/", portal.invite, name="invite"),
    path(client + "portal/sign-in/", portal.sign_in, name="sign_in"),
    path(client + "portal/<uuid:member_id>/resend/", portal.resend, name="resend"),
    path(client + "portal/<uuid:member_id>/link/", portal.link, name="link"),
    path(client + "portal/<uuid:member_id>/close/", portal.close, name="close_access"),
]
