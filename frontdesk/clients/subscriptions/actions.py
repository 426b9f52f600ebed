"""Unsubscribing clients from messages and subscribing them again."""

from collections.abc import Iterable

from django.db import transaction

from frontdesk.core.errors import Invalid
from frontdesk.core.text import gettext as _
from frontdesk.undo.ledger import Ledger, begin
from frontdesk.undo.models import Change

from .. import access, permissions
from ..models import Client
from .changing import Wish, carry_out, named
from .models import Source
from .rule import KINDS, Kind, states_of

KIND_OF_CHANGE = {False: "clients.unsubscribe", True: "clients.resubscribe"}


def clean_kinds(wanted: Iterable[str]) -> tuple[Kind, ...]:
    """Kinds by their names (`email.marketing`), each once; raises Invalid for unknown ones and for none."""
    names = set(wanted)
    known = tuple(kind for kind in KINDS if ".".join(kind) in names)
    if not known or len(known) != len(names):
        choices = ", ".join(named(KINDS))
        raise Invalid({"messages": [_("Choose one of: %(choices)s.", choices=choices)]})
    return known


def right_of(actor) -> str:
    """The office changes anybody's; a client's own people theirs."""
    return permissions.PORTAL_SUBSCRIPTIONS if actor.is_portal else permissions.EDIT


def _change(actor, client: Client, wish: Wish) -> Change | None:
    """Of the team's members with an entry by which it can be taken back; none where nothing changed."""
    access.require(actor, right_of(actor), client)
    with transaction.atomic():
        if actor.id is None or actor.is_portal:
            carry_out(actor, wish, [client.pk])
            return None
        change = begin(actor, KIND_OF_CHANGE[wish.subscribed], data={"messages": named(wish.kinds)}, total=1)
        ledger = Ledger(change)
        if not carry_out(actor, wish, [client.pk], ledger=ledger):
            change.delete()
            return None
        ledger.close()
    return change


def unsubscribe(
    actor, client: Client, kinds: tuple[Kind, ...] = KINDS, *, source: str = Source.OFFICE.value, address: str = ""
) -> Change | None:
    """Let a client get messages of these kinds no more; doing it twice is doing it once. Raises Forbidden."""
    return _change(actor, client, Wish(kinds, False, source, address))


def resubscribe(
    actor, client: Client, kinds: tuple[Kind, ...] = KINDS, *, source: str = Source.OFFICE.value, address: str = ""
) -> Change | None:
    """Let a client get messages of these kinds again. Raises Forbidden."""
    return _change(actor, client, Wish(kinds, True, source, address))


def choose(actor, client: Client, wanted: Iterable[str]) -> None:
    """Let a client get messages of exactly the kinds of these names; raises Invalid, Forbidden.

    What is left out counts as unsubscribed, also where nobody had said anything.
    """
    names = set(wanted)
    chosen = clean_kinds(names) if names else ()
    states = states_of(client)
    on = tuple(state.kind for state in states if state.kind in chosen and not state.subscribed)
    off = tuple(state.kind for state in states if state.kind not in chosen)
    source = Source.PORTAL.value if actor.is_portal else Source.OFFICE.value
    with transaction.atomic():
        unsubscribe(actor, client, off, source=source)
        resubscribe(actor, client, on, source=source)
