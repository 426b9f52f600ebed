"""C14, X12: deleting says what stands in the way and offers inactive or prospect; it can be undone."""

import pytest
from django.urls import reverse

from frontdesk.clients import actions
from frontdesk.clients.models import Client, ClientAccess, Contact
from frontdesk.core.errors import Conflict
from frontdesk.core.tenancy.context import account_context
from frontdesk.undo import actions as undo
from frontdesk.undo.models import Change


def test_what_stands_in_the_way_is_said_and_once_gone_it_works(within):
    with pytest.raises(Conflict) as refused:
        actions.delete_client(within.ana, within.radu)
    assert "sign in" in refused.value.errors[""][0]
    ClientAccess.objects.filter(client=within.radu).delete()
    change = actions.delete_client(within.ana, within.radu)
    assert not Client.objects.filter(pk=within.radu.pk).exists()
    undo.undo(within.ana, change)
    assert Contact.objects.get(client_id=within.radu.pk).name == "Radu Popescu"


def test_the_page_offers_inactive_and_prospect_and_then_undo(cast, browser_of):
    ana, address = browser_of(cast.ana), reverse("clients:delete", args=[cast.radu.pk])
    page = ana.get(address).content.decode()
    assert "It cannot be deleted yet" in page and "Make inactive" in page and "Make a prospect" in page
    assert ana.post(address).status_code == 409
    with account_context(cast.account):
        ClientAccess.objects.filter(client=cast.radu).delete()
    assert ana.post(address).status_code == 302
    with account_context(cast.account):
        change = Change.objects.get()
    assert reverse("undo:undo", args=[change.pk]) in ana.get("/clients/").content.decode()


def test_the_api_says_the_reasons(cast, api_of):
    refused = api_of(cast.ana).delete(f"/api/v1/clients/{cast.radu.pk}")
    assert refused.status_code == 409 and "sign in" in refused.json()["errors"][0]["reason"]
