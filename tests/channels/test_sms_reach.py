"""M4: text messages go to mobile phones; to another number only where a client has no mobile one."""

from frontdesk.channels.sms.reaching import reaches
from frontdesk.clients.models import Contact, ContactPoint

LANDLINE, MOBILE, OWN = "+40213100200", "+40721000888", "+40721000777"


def numbers(client) -> list[str]:
    """Where a client gets text messages, the best first."""
    return [one.address for one in reaches([client.pk]).get(client.pk, [])]


def point(contact, number, is_mobile):
    """A number of a contact."""
    ContactPoint.objects.create(
        account_id=contact.account_id, contact=contact, kind="phone", value=number, normal=number, is_mobile=is_mobile
    )


def test_mobile_numbers_first_of_all_and_others_only_where_there_is_none(within):
    ContactPoint.objects.filter(contact__client=within.maria, kind="phone").delete()
    first = Contact.objects.filter(client=within.maria).order_by("-is_primary").first()
    point(first, LANDLINE, is_mobile=False)
    assert numbers(within.maria) == [LANDLINE]
    other = Contact.objects.create(account=within.account, client=within.maria, name="Ion", is_primary=False)
    point(other, MOBILE, is_mobile=True)
    assert numbers(within.maria) == [MOBILE]
    point(first, OWN, is_mobile=True)
    assert numbers(within.maria) == [OWN, MOBILE]
