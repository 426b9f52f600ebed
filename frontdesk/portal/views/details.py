"""A client's own contacts."""

from django.shortcuts import redirect, render

from frontdesk.clients import actions, queries
from frontdesk.clients.access import get_client, get_contact
from frontdesk.clients.forms import ContactForm
from frontdesk.clients.models import Client, Contact
from frontdesk.clients.permissions import DETAILS, PORTAL_EDIT
from frontdesk.core.errors import Conflict, Invalid
from frontdesk.core.http import page
from frontdesk.core.text import gettext as _
from frontdesk.ui.flash import flash

from ..shell import frame

HERE = "portal-details"


@page(DETAILS, obj="client")
def details(request, client_id):
    """The client's contacts and addresses."""
    client = get_client(request.actor, client_id, DETAILS)
    contacts = queries.contacts_of(client)
    addresses = queries.with_addresses(client, contacts)
    context = frame(request.actor, client, HERE, contacts=contacts, addresses=addresses)
    return render(request, "portal/details.html", context)


def _save(actor, client: Client, contact: Contact | None, form: ContactForm) -> bool:
    """Add or change a contact from its form; False when something was refused, then shown on the form."""
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
    if posted and _save(request.actor, client, contact, form):
        flash(request, _("Saved."))
        return redirect("portal:client_details", client.pk)
    context = frame(request.actor, client, HERE, contact=contact, form=form)
    return render(request, "portal/contact.html", context, status=422 if posted else 200)


@page(PORTAL_EDIT, obj="client", methods=("GET", "POST"))
def contact_new(request, client_id):
    """Add a contact."""
    return _contact_page(request, get_client(request.actor, client_id, PORTAL_EDIT), None)


@page(PORTAL_EDIT, obj="contact", methods=("GET", "POST"))
def contact_edit(request, client_id, contact_id):
    """Change a contact."""
    client = get_client(request.actor, client_id, PORTAL_EDIT)
    return _contact_page(request, client, queries.loaded_contact(client, contact_id))


@page(PORTAL_EDIT, obj="contact", methods=("POST",))
def contact_remove(request, client_id, contact_id):
    """Remove a contact that is not the primary one."""
    client = get_client(request.actor, client_id, PORTAL_EDIT)
    contact = get_contact(request.actor, client, contact_id)
    try:
        actions.remove_contact(request.actor, client, contact)
        flash(request, _("%(name)s was removed.", name=contact.name))
    except Conflict as refused:
        flash(request, " ".join(str(said) for said in refused.errors[""]), level="error")
    return redirect("portal:client_details", client.pk)
