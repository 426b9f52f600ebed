"""Answers to text messages: STOP, START and HELP from a phone number."""

from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction

from frontdesk.accounts.mails import speaking
from frontdesk.accounts.models import Account, System
from frontdesk.core import phones
from frontdesk.core.tenancy.context import account_context
from frontdesk.core.text import gettext as _

from ..models import Client, ContactPoint
from .changing import Wish, carry_out
from .models import Channel, Purpose, Source, SubscriptionEvent
from .rule import KINDS, Kind, consenting
from .words import Asked, understood

SMS = tuple(kind for kind in KINDS if kind[0] == Channel.SMS)
MARKETING: Kind = (Channel.SMS.value, Purpose.MARKETING.value)


@dataclass(frozen=True)
class Heard:
    """What was understood, for which clients, and what to answer; nothing of all that where a person must read it."""

    asked: Asked | None = None
    clients: list[UUID] = field(default_factory=list)
    answer: str = ""


def _clients_with(number: str) -> list[Client]:
    points = ContactPoint.objects.filter(kind=ContactPoint.Kind.PHONE, normal=number)
    return list(Client.objects.filter(pk__in=points.values("contact__client_id")).order_by("id"))


def _had_marketing(clients: list[Client]) -> set[UUID]:
    """Those who once agreed to marketing by SMS: a word that ends a silence is no new consent to more."""
    ids = [client.pk for client in clients]
    agreed = SubscriptionEvent.objects.filter(client_id__in=ids, channel=Channel.SMS, purpose=Purpose.MARKETING)
    return {*agreed.filter(subscribed=True).values_list("client_id", flat=True), *consenting(ids, Channel.SMS)}


def _apply(account: Account, asked: Asked, clients: list[Client], number: str) -> None:
    ids, start = [client.pk for client in clients], asked is Asked.START
    skipped = {(pk, MARKETING) for pk in set(ids) - _had_marketing(clients)} if start else set()
    with transaction.atomic():
        carry_out(System(account), Wish(SMS, start, Source.SMS.value, number), ids, skipped=skipped)


def _answer(asked: Asked, business: str) -> str:
    if asked is Asked.STOP:
        return _(
            "%(business)s: you get no more text messages from us. Answer START to get them again.", business=business
        )
    if asked is Asked.START:
        return _("%(business)s: you get our text messages again. Answer STOP to end them.", business=business)
    return _("%(business)s: answer STOP to get no more text messages, START to get them again.", business=business)


def heard(account: Account, phone: str, text: str) -> Heard:
    """Do what a text message from a number asks for, for every client of the account with that number."""
    asked = understood(text)
    if asked is None:
        return Heard()
    try:
        number = phones.parse(phone, account.country).e164
    except phones.BadPhone:
        return Heard(asked)
    with account_context(account):
        clients = _clients_with(number)
        if clients and asked is not Asked.HELP:
            _apply(account, asked, clients, number)
        language = next((client.language for client in clients if client.language), account.language)
        with speaking(account, language):
            return Heard(asked, [client.pk for client in clients], _answer(asked, account.name))
