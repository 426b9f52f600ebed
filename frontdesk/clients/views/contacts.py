"""Contacts and addresses of a client."""

from django.shortcuts import render

from frontdesk.core.errors import Conflict, Invalid
from frontdesk.core.forms import show_refusal
from frontdesk.core.http import page
from frontdesk.core.text import gettext as _
from frontdesk.ui.flash import flash, flash_refusal

from .. import access, actions, permissions, queries
from ..forms import AddressForm, ContactForm
from ..models import Client, Contact
from .pages import back_to, frame


@page(permissions.VIEW, obj="client")
def contacts(request, client_id):
    """The contacts and addresses of a client."""
    client = access.get_client(request.actor, client_id)
    return render(request, "clients/contacts.html", frame(request, client, "contacts"))


def save_contact(actor, client: Client, contact: Contact | None, form: ContactForm) -> bool:
    """Add or change a contact from its form; False when something was refused (then shown on the form)."""
    if not form.is_valid():
        return False
    try:
        if contact is None:
            actions.add_contact(actor, client, form.typed(), form.address.typed())
        else:
            actions.update_contact(actor, client, contact, form.typed(), form.address.typed())
    except Invalid as refused:
        form.refuse(refused)
        return False
    return True


def _contact_page(request, client: Client, contact: Contact | None):
    posted = request.method == "POST"
    form = ContactForm(request.POST if posted else None, contact=contact)
    if posted and save_contact(request.actor, client, contact, form):
        flash(request, _("Saved."))
        return back_to(client, "contacts")
    context = {"here": "clients", "client": client, "contact": contact, "form": form}
    return render(request, "clients/contact.html", context, status=422 if posted else 200)


@page(permissions.EDIT, obj="client", methods=("GET", "POST"))
def contact_new(request, client_id):
    """Add a contact."""
    return _contact_page(request, access.get_client(request.actor, client_id, permissions.EDIT), None)


@page(permissions.EDIT, obj="contact", methods=("GET", "POST"))
def contact_edit(request, client_id, contact_id):
    """Change a contact."""
    client = access.get_client(request.actor, client_id, permissions.EDIT)
    return _contact_page(request, client, queries.loaded_contact(client, contact_id))


@page(permissions.EDIT, obj="contact", methods=("POST",))
def contact_primary(request, client_id, contact_id):
    """Make a contact the primary one."""
    client = access.get_client(request.actor, client_id, permissions.EDIT)
    actions.make_primary(request.actor, client, access.get_contact(request.actor, client, contact_id))
    return back_to(client, "contacts")


@page(permissions.EDIT, obj="contact", methods=("POST",))
def contact_remove(request, client_id, contact_id):
    """Remove a contact that is not primary."""
    client = access.get_client(request.actor, client_id, permissions.EDIT)
    try:
        actions.remove_contact(request.actor, client, access.get_contact(request.actor, client, contact_id))
        flash(request, _("The contact was removed."))
    except Conflict as refused:
        flash_refusal(request, refused)
    return back_to(client, "contacts")


def _address_page(request, client: Client, address):
    posted = request.method == "POST"
    form = AddressForm.of(address, request.POST if posted else None)
    if posted and form.is_valid():
        try:
            if address is None:
                actions.add_address(request.actor, client, form.typed())
            else:
                actions.update_address(request.actor, client, address.pk, form.typed())
        except Invalid as refused:
            show_refusal(form, refused)
        else:
            return back_to(client, "contacts")
    context = {"here": "clients", "client": client, "address": address, "form": form}
    return render(request, "clients/address.html", context, status=422 if posted else 200)


@page(permissions.EDIT, obj="client", methods=("GET", "POST"))
def address_new(request, client_id):
    """Add an address."""
    return _address_page(request, access.get_client(request.actor, client_id, permissions.EDIT), None)


@page(permissions.EDIT, obj="address", methods=("GET", "POST"))
def address_edit(request, client_id, address_id):
    """Change an address."""
    client = access.get_client(request.actor, client_id, permissions.EDIT)
    return _address_page(request, client, access.get_address(request.actor, client, address_id))


@page(permissions.EDIT, obj="address", methods=("POST",))
def address_remove(request, client_id, address_id):
    """Remove an address."""
    client = access.get_client(request.actor, client_id, permissions.EDIT)
    actions.remove_address(request.actor, client, address_id)
    return back_to(client, "contacts")
